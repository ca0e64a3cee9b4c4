/** A file that is changed, as a person sees it before it is: with the real file-system server, in both shells. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { admitInShell } from '../fixtures/admitted.ts';
import { connectClient } from '../fixtures/client.ts';
import { PROJECT } from '../fixtures/home.ts';
import { test } from '../fixtures/shell.ts';

const SERVER = join(PROJECT, 'node_modules/@modelcontextprotocol/server-filesystem/dist/index.js');
const NOTES = `# Tides\n\n${Array.from({ length: 30 }, (_, at) => `- station ${at + 1}: measured daily`).join('\n')}\n\nSee the almanac for heights.\n`;
const REFUSAL = 'dev.countersign/refusal';

test('a change to a file is shown line by line, and what was touched meanwhile is not what was approved', async ({
  home,
  shell,
}, info) => {
  const { approval } = shell;
  const folder = mkdtempSync(join(tmpdir(), 'almanac-'));
  const path = join(folder, 'tides.md');
  writeFileSync(path, NOTES);
  const entry = { command: process.execPath, args: [SERVER, folder], env: {} };
  const { control, close } = await admitInShell(home, shell, 'files', entry, {
    write_file: 'write',
    edit_file: 'write',
    move_file: 'write',
  });
  const client = await connectClient(home, 'files');
  const sentence = approval.getByRole('heading', { level: 1 });
  const changes = approval.getByRole('region', { name: `Changes in ${path}` });
  const edit = (oldText: string, newText: string) =>
    client.callTool({ name: 'edit_file', arguments: { path, edits: [{ oldText, newText }] } });
  const picture = async (name: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await approval.emulateMedia({ colorScheme });
      await approval.screenshot({ path: info.outputPath(`${name}-${colorScheme}.png`), animations: 'disabled' });
    }
    await approval.emulateMedia({ colorScheme: null });
  };

  await test.step('an edit: the lines that go and come, and how many', async () => {
    const call = edit('station 7: measured daily', 'station 7: measured hourly\u202e');
    await expect(sentence).toHaveText(`Edit ${path} (1 line changes)`);
    await expect(changes).toContainText('removed: - station 7: measured daily');
    await expect(changes).toContainText('added: - station 7: measured hourlyU+202E right-to-left override');
    await expect(changes).toContainText('22 unchanged lines');
    await picture('edit');
    // What still fades has no colour of its own yet.
    await approval.evaluate(() => {
      for (const animation of document.getAnimations()) animation.finish();
    });
    // Without a page of its own, which Electron does not open.
    const { violations } = await new AxeBuilder({ page: approval }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
    await shell.allow(/^Allow once/);
    expect((await call).isError).toBeFalsy();
    expect(readFileSync(path, 'utf8')).toContain('station 7: measured hourly\u202e');
  });

  await test.step('a file that somebody else writes to meanwhile: the yes does not count', async () => {
    const call = edit('station 8: measured daily', 'station 8: measured weekly');
    await expect(sentence).toContainText('Edit');
    writeFileSync(path, NOTES);
    await shell.allow(/^Allow once/);
    const { _meta } = await call;
    expect(_meta?.[REFUSAL]).toEqual({ code: 'ASK_CHANGED' });
    expect(readFileSync(path, 'utf8')).toBe(NOTES);
  });

  await test.step('an edit that does not fit says so; a move says what is in the way', async () => {
    const unfit = edit('station 99', 'station 100');
    await expect(approval.getByText('Edit 1 does not fit the file')).toBeVisible();
    await approval.keyboard.press('Escape');
    await unfit;
    writeFileSync(join(folder, 'old.md'), 'here first\n');
    const moved = client.callTool({
      name: 'move_file',
      arguments: { source: path, destination: join(folder, 'old.md') },
    });
    await expect(sentence).toContainText('which is there already');
    await expect(approval.getByText('Something is there already')).toBeVisible();
    await picture('move');
    await approval.keyboard.press('Escape');
    await moved;
  });

  await test.step('a long change stays closed until it was opened', async () => {
    const content = Array.from({ length: 400 }, (_, at) => `line ${at}`).join('\n');
    const call = client.callTool({ name: 'write_file', arguments: { path, content } });
    await expect(sentence).toHaveText(`Overwrite ${path} (400 lines added, 34 removed)`);
    await expect(approval.getByText('Open the part that is not shown before you allow.')).toBeVisible();
    await expect(approval.getByText('All of it is in the change above')).toBeVisible();
    await approval.getByRole('button', { name: /of the change not shown · Show all/ }).click();
    await expect(changes).toContainText('line 200');
    await shell.allow(/^Allow once/);
    expect((await call).isError).toBeFalsy();
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  await test.step('calls alike are looked through together and denied together, other calls are not', async () => {
    const writes = ['a', 'b', 'c'].map((name) =>
      client.callTool({ name: 'write_file', arguments: { path: join(folder, name), content: name } }),
    );
    await expect(approval.getByText('2 more calls like this')).toBeVisible();
    const other = edit('line 1', 'line one');
    await expect(approval.getByText('1 of 4')).toBeVisible();
    await approval.getByText('2 more calls like this').click();
    await expect(approval.getByRole('listitem').filter({ hasText: `Create ${join(folder, 'c')}` })).toBeVisible();
    await picture('alike');
    await approval.getByRole('button', { name: 'Deny all 3' }).click();
    for (const { _meta } of await Promise.all(writes)) expect(_meta?.[REFUSAL]).toEqual({ code: 'ASK_DENIED' });
    await expect(sentence).toContainText('Edit');
    expect(await control.asks.list({ open: true })).toHaveLength(1);
    await approval.keyboard.press('Escape');
    await other;
  });

  await test.step('afterwards the record tells what was there, and what became of it', async () => {
    const { records } = await control.audit.search({ text: 'type:asked tool:edit_file "measured weekly"' });
    const record = records[0]?.id ?? '';
    const { main } = shell;
    await main.goto(`${main.url().split('#')[0]}#/audit//${record}`);
    const told = main.getByRole('region', { name: 'Timeline' });
    await expect(told).toContainText('removed: - station 8: measured daily');
    await expect(told).toContainText('added: - station 8: measured weekly');
  });

  await client.close();
  close();
  rmSync(folder, { recursive: true });
});
