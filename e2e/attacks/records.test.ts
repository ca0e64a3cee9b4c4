/** Everything that can be changed leaves a record that says what was changed, who wanted it, and by which way (PRODUCT.md L1). */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api, type OperationKind } from '../../main/contract/api.ts';
import type { RecordView } from '../../main/contract/record.ts';
import { openControl } from '../fixtures/control.ts';
import { agree, ownEnvironment, PASSCODE } from '../fixtures/daemon.ts';
import { refusedWith } from '../fixtures/door.ts';
import { makeHome, PROJECT } from '../fixtures/home.ts';
import { proofThrough } from '../fixtures/proof.ts';
import { Terminal } from '../fixtures/terminal.ts';
import { approvals } from './changes/approvals.ts';
import { clients } from './changes/clients.ts';
import { daemon } from './changes/daemon.ts';
import { ledger } from './changes/ledger.ts';
import { CONTROL, type Procedures, person, type Said, WINDOW } from './changes/procedures.ts';
import { Scene } from './changes/scene.ts';
import { servers } from './changes/servers.ts';
import { settings } from './changes/settings.ts';

const scene = new Scene();
beforeAll(() => scene.open(), 120_000);
afterAll(() => scene.close(), 60_000);

/** Every procedure of the contract: a new one that is in none of these is an error of the type. */
const PROCEDURES: Required<Procedures> = {
  ...servers(scene),
  ...clients(scene),
  ...approvals(scene),
  ...settings(scene),
  ...ledger(scene),
  ...daemon(scene),
};

let seen = -1;
/** What was recorded since the last look, the oldest first. */
async function news(): Promise<RecordView[]> {
  const { audit } = scene.stage.daemon.app;
  const { records } = await audit.search({ limit: 200 });
  const fresh = records.filter(({ seq }) => seq > seen).reverse();
  seen = fresh.at(-1)?.seq ?? seen;
  // A page of a search leaves long payloads out.
  const whole = await Promise.all(fresh.map(({ id }) => audit.show({ id })));
  return whole.flatMap((call, at) => call.filter(({ id }) => id === fresh[at]?.id));
}

/** A record that says at least this. */
const saying = ({ detail, ...said }: Said) =>
  expect.objectContaining({ ...said, ...(detail && { detail: expect.objectContaining(detail) }) });

const changes = Object.entries(PROCEDURES).flatMap(([name, change]) =>
  change === 'reads' || 'none' in change ? [] : [{ name, ...change }],
);

test.each(changes)('$name is on record: what, who, by which way', async ({ first, call, asks, value, leaves, by }) => {
  await first?.();
  await news();
  if (asks === undefined) {
    await call();
    return expect(await news()).toContainEqual(saying({ ...leaves, ...(by ?? CONTROL) }));
  }
  // The whole question is kept where it is asked; its answer names what it is about.
  const { payloadText: _, ...about } = asks;

  const { ask: refused } = (await call()) as { ask: string };
  await scene.control.asks.deny({ id: refused });
  const no = await news();
  expect(no).toContainEqual(saying({ ...asks, type: 'asked', ask: refused, ...CONTROL }));
  expect(no).toContainEqual(saying({ ...about, type: 'answered', event: 'denied', ask: refused, ...CONTROL }));
  expect(no).not.toContainEqual(saying({ type: leaves.type, event: leaves.event }));

  const { ask } = (await call()) as { ask: string };
  await agree(scene.stage.daemon, { ask }, value === undefined ? {} : { value });
  const yes = await news();
  expect(yes).toContainEqual(saying({ ...asks, type: 'asked', ask, ...CONTROL }));
  expect(yes).toContainEqual(saying({ ...about, type: 'answered', event: 'approved', ask, ...WINDOW }));
  expect(yes).toContainEqual(saying({ ...leaves, ...WINDOW, ask }));
  // The question, its answer and what that brought about are found from any of them.
  const question = yes.filter((record) => record.ask === ask);
  expect(await scene.control.audit.show({ id: question.at(-1)?.id ?? '' })).toEqual(question);
});

test('what reads, and nothing else, is listed as reading', () => {
  const reads = Object.entries(api).flatMap(([area, procedures]) =>
    Object.entries(procedures).flatMap(([name, procedure]) =>
      (procedure['~orpc'].meta as { kind: OperationKind }).kind === 'reading' ? [`${area}.${name}`] : [],
    ),
  );
  const listed = Object.entries(PROCEDURES).flatMap(([name, change]) => (change === 'reads' ? [name] : []));
  expect(listed.sort()).toEqual(reads.sort());
});

test('what is called in the app is on record as done in its window', async () => {
  await scene.stage.daemon.app.servers.add({ name: 'mine', entry: scene.stage.entry() });
  const { ask } = await scene.stage.daemon.app.servers.consent(await scene.launchOf('mine'));
  await scene.stage.daemon.app.asks.deny({ id: ask });
  const records = await news();
  expect(records).toContainEqual(saying({ type: 'config', event: 'added', server: 'mine', ...WINDOW }));
  expect(records).toContainEqual(saying({ type: 'asked', event: 'consent', server: 'mine', ...WINDOW }));
  expect(records).toContainEqual(saying({ type: 'answered', event: 'denied', server: 'mine', ...WINDOW }));
});

test('where no window is, what is answered with the passcode is on record as done on a terminal', async () => {
  const home = makeHome();
  const terminal = new Terminal(
    process.execPath,
    [join(PROJECT, 'main/shells/cli/bin.cjs'), 'daemon'],
    ownEnvironment(home),
  );
  for (const question of ['New passcode', 'Once more']) {
    await terminal.reads(question);
    terminal.types(PASSCODE);
  }
  await terminal.reads('http://127.0.0.1:');
  const { control, close } = await openControl(home);
  const { ask } = await control.secrets.set({ name: 'TOKEN', value: 'hunter2 hunter2' });
  const { hash } = await control.asks.get({ id: ask });
  const answer = async (passcode: string) => {
    const proof = await proofThrough(control, { id: ask, hash }, passcode);
    return control.asks.answer({ id: ask, hash, approve: true, proof });
  };
  expect(await refusedWith(answer('not this one'))).toBe('PASSCODE_WRONG');
  await answer(PASSCODE);
  const { records } = await control.audit.search({});
  close();
  await terminal.close();
  home.remove();
  const there = { person, via: 'terminal' } as const;
  expect(records).toContainEqual(saying({ type: 'passcode', event: 'set', ...there }));
  expect(records).toContainEqual(saying({ type: 'daemon', event: 'headless', ...there }));
  expect(records).toContainEqual(saying({ type: 'asked', event: 'secret', ask, ...CONTROL }));
  expect(records).toContainEqual(saying({ type: 'passcode', event: 'failed', ask, via: 'terminal' }));
  const proved = { proof: 'passcode', name: 'TOKEN' };
  expect(records).toContainEqual(saying({ type: 'answered', event: 'approved', ask, ...there, detail: proved }));
  expect(records).toContainEqual(saying({ type: 'secret', event: 'set', ask, ...there }));
});

test('what is edited by hand is on record as found in its file, with what it was', async () => {
  await news();
  writeFileSync(
    scene.stage.path('config', 'policies', 'no.cedar'),
    '@id("no")\nforbid (principal, action, resource);\n',
  );
  await scene.control.policy.check();
  expect(await news()).toContainEqual(
    saying({
      type: 'policy',
      event: 'tightened',
      via: 'file',
      detail: { files: 'no.cedar' },
      payloadText: expect.stringContaining('"before":null'),
    }),
  );
  const { records: byHand } = await scene.control.audit.search({
    text: 'via:hand type:policy event:tightened no.cedar',
  });
  expect(byHand).toHaveLength(1);

  const found = saying({ type: 'config', event: 'found-added', server: 'handmade', via: 'file' });
  const servers = { handmade: { command: 'x', env: { PLAIN: 'never on record' } } };
  writeFileSync(scene.stage.path('config', 'servers.json'), JSON.stringify({ mcpServers: servers }));
  const records: RecordView[] = [];
  await expect.poll(async () => records.push(...(await news())) && records, { timeout: 20_000 }).toContainEqual(found);
  expect(JSON.stringify(records)).not.toContain('never on record');

  scene.disconnect();
  await scene.stage.whileStopped(() => writeFileSync(scene.stage.path('config', 'servers.json'), '{"mcpServers": {}}'));
  await scene.connect();
  const removed = { type: 'config', event: 'found-removed', server: 'handmade', via: 'file' } as const;
  expect(await news()).toContainEqual(saying({ ...removed, payloadText: expect.stringContaining('"command":"x"') }));
});
