/** Calls made to be misread, through relay and daemon into the real prompt, each photographed: verb, target and danger are in sight at once. */
import { mkdirSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { admitInShell } from '../fixtures/admitted.ts';
import { connectCommand } from '../fixtures/client.ts';
import { Connection } from '../fixtures/connection.ts';
import { serverFile } from '../fixtures/home.ts';
import { HOSTILE, type HostileCall, LONG_TOOL } from '../fixtures/hostileCalls.ts';
import { test } from '../fixtures/shell.ts';

const willing = { command: process.execPath, args: [serverFile('willing')], env: {} };
const CLASSES: Readonly<Record<string, 'write' | 'external'>> = {
  write_file: 'write',
  update_record: 'write',
  [LONG_TOOL]: 'write',
  delete_file: 'external',
  run_command: 'external',
  fetch_url: 'external',
  open_page: 'external',
  send_message: 'external',
  query: 'external',
};
const DANGER = { write: ['Write', 'Changes files'], external: ['External', 'Reaches outside'] } as const;
/** What is never drawn as it is: controls, what turns the direction, what has no width. */
const HIDDEN = /(?![\n\t])[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\u3164\u{e0000}-\u{e007f}]/u;

test('incident 17: what is made to be misread is read as what it is', async ({ home, shell }, info) => {
  test.setTimeout(150_000);
  const { approval } = shell;
  if (shell.kind === 'browser') await approval.setViewportSize({ width: 800, height: 600 });
  // Nobody is asked for the highest class in a browser: there everything is a write.
  const classOf = (tool: string) => (shell.kind === 'browser' ? 'write' : (CLASSES[tool] ?? 'external'));
  const classes = Object.fromEntries(Object.keys(CLASSES).map((tool) => [tool, classOf(tool)]));
  const { close } = await admitInShell(home, shell, 'willing', willing, classes);
  const { command, args } = connectCommand('willing');
  const client = new Connection(command, args, home.env);
  await client.initialize();
  mkdirSync(info.outputDir, { recursive: true });
  const sentence = approval.getByRole('heading', { level: 1 });
  const places = new Map<string, string>();
  for (const [index, hostile] of HOSTILE.entries()) {
    await test.step(hostile.name, async () => {
      const id = 1000 + index;
      await client.send(
        `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"${hostile.tool}","arguments":${hostile.args}}}`,
      );
      const answer = client.answer(id);
      if (hostile.unread && shell.kind === 'browser') {
        const { message } = await answer;
        expect(message.result._meta['dev.countersign/refusal']).toMatchObject({ code: 'WINDOW_NEEDED' });
        return;
      }
      await Promise.race([
        expect(sentence, hostile.name).toContainText(hostile.says.at(-1) ?? ''),
        answer.then(({ bytes }) => Promise.reject(new Error(`${hostile.name} was answered unasked: ${bytes}`))),
      ]);
      const path = info.outputPath(`${String(index + 1).padStart(2, '0')}-${hostile.name}.png`);
      await approval.screenshot({ path, animations: 'disabled' });
      judge(hostile, await look(approval, DANGER[classOf(hostile.tool)]), places);
      await approval.keyboard.press('Escape');
      const { message } = await answer;
      expect(message.result._meta['dev.countersign/refusal'], hostile.name).toEqual({ code: 'ASK_DENIED' });
      await expect(sentence).toHaveText('Nothing to decide');
    });
  }
  expect(HOSTILE.length).toBeGreaterThanOrEqual(40);
  await client.close();
  close();
});

function judge(
  { name, says, marks = [] }: HostileCall,
  seen: Awaited<ReturnType<typeof look>>,
  places: Map<string, string>,
): void {
  for (const said of says) expect.soft(seen.sentence, name).toContain(said);
  for (const mark of marks) expect.soft(seen.text, name).toContain(mark);
  expect.soft(seen.text, name).not.toMatch(HIDDEN);
  expect.soft(seen.outOfSight, `${name}: in sight without scrolling`).toEqual([]);
  expect.soft(seen.wider, `${name}: nothing is wider than the window`).toBe(false);
  expect.soft(seen.foreign, `${name}: no element of theirs`).toEqual([]);
  // Whatever is asked, the two answers stand where they stood before.
  const before = places.get(seen.kind) ?? seen.answers;
  places.set(seen.kind, before);
  expect.soft(seen.answers, name).toBe(before);
}

/** What a person has before their eyes, measured in one go. */
function look(approval: Page, [label, means]: readonly [string, string]) {
  return approval.evaluate(
    ([label, means]) => {
      const footer = document.querySelector('footer');
      const bottom = footer?.getBoundingClientRect().top ?? 0;
      const inSight = (element: Element | null | undefined, until: number) => {
        const box = element?.getBoundingClientRect();
        return (
          box !== undefined &&
          box.height > 0 &&
          box.top >= 0 &&
          box.bottom <= until + 1 &&
          box.left >= 0 &&
          box.right <= innerWidth
        );
      };
      const texts = [...document.querySelectorAll('main p, header span')];
      const withText = (text: string) => texts.find((one) => one.textContent?.startsWith(text));
      const [deny, allow] = ['Deny', 'Allow'].map((word) =>
        [...document.querySelectorAll('footer button')].find((one) => one.textContent?.startsWith(word)),
      );
      const sights = {
        sentence: inSight(document.querySelector('h1'), bottom),
        class: inSight(withText(label), bottom),
        danger: inSight(withText(means), bottom),
        deny: inSight(deny, innerHeight),
        allow: inSight(allow, innerHeight),
      };
      const place = (one: Element | undefined) => {
        const box = one?.getBoundingClientRect();
        return box && [box.x, box.y].map(Math.round).join();
      };
      return {
        sentence: document.querySelector('h1')?.textContent ?? '',
        text: document.querySelector('main')?.textContent ?? '',
        outOfSight: Object.entries(sights).flatMap(([what, seen]) => (seen ? [] : [what])),
        wider:
          document.documentElement.scrollWidth > innerWidth ||
          [...document.querySelectorAll('main section')].some(
            (one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'visible',
          ),
        foreign: [
          ...document.querySelectorAll(
            'main img, main iframe, main style, main script, main [onload], main [style*=fixed]',
          ),
        ].map((one) => one.outerHTML.slice(0, 80)),
        kind: `${label} ${document.querySelector('footer select') ? 'with grants' : ''}`,
        answers: `${place(deny)} ${place(allow)}`,
      };
    },
    [label, means] as const,
  );
}
