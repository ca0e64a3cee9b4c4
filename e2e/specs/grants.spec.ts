import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect } from '@playwright/test';
import { admitInShell } from '../fixtures/admitted.ts';
import { connectClient } from '../fixtures/client.ts';
import { test } from '../fixtures/shell.ts';

const filesystem = join(
  dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/server-filesystem/package.json')),
  'dist/index.js',
);

test('a grant: the same write again runs unasked, another path asks, and revoking it asks again', async ({
  home,
  shell,
}, info) => {
  const { main, approval } = shell;
  const folder = join(home.folder, 'work');
  mkdirSync(folder);
  const entry = { command: process.execPath, args: [filesystem, folder], env: {} };
  const { control, close } = await admitInShell(home, shell, 'files', entry, { write_file: 'write' });
  const client = await connectClient(home, 'files');
  const write = (name: string, content: string) =>
    client.callTool({ name: 'write_file', arguments: { path: join(folder, name), content } });
  const prompt = approval.getByRole('heading', { level: 1 });

  // Given with an answer: for the session, for exactly these values.
  const first = write('a.txt', 'one');
  await expect(prompt).toContainText('Create ');
  await approval.getByLabel('Allow', { exact: true }).selectOption({ label: 'until this session ends' });
  const reach = approval.getByLabel('For', { exact: true });
  await expect(reach.locator('option:checked')).toHaveText('exactly these values');
  await approval.screenshot({ path: info.outputPath('grant.png') });
  await shell.allow(/^Allow and grant/);
  expect((await first).isError).toBeFalsy();

  // Covered: nobody is asked, and the record says by which grant.
  expect((await write('a.txt', 'one')).isError).toBeFalsy();
  expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('one');
  const [grant] = await control.grants.list();
  expect(grant).toMatchObject({ tool: 'write_file', used: 1, reach: { kind: 'same' } });
  const { records } = await control.audit.search({ type: 'intent' });
  expect(records[0]).toMatchObject({ detail: { decider: 'grant', grant: grant?.id }, person: grant?.person });

  // Another path, and other content, ask.
  for (const [name, content] of [
    ['b.txt', 'one'],
    ['a.txt', 'two'],
  ] as const) {
    const other = write(name, content);
    await expect(prompt).toContainText(name);
    await approval.getByRole('button', { name: /^Deny/ }).first().click();
    expect((await other).isError).toBe(true);
  }

  // Listed with who, why and how often; revoked in one place.
  await main.getByRole('link', { name: 'Grants' }).click();
  await expect(main.getByText('used once')).toBeVisible();
  await main.screenshot({ path: info.outputPath('grants.png') });
  await main.getByRole('button', { name: 'Revoke the grant for files › write_file' }).click();
  await expect(main.getByText('No grants')).toBeVisible();
  const again = write('a.txt', 'one');
  await expect(prompt).toContainText('a.txt');
  await approval.getByRole('button', { name: /^Deny/ }).first().click();
  expect((await again).isError).toBe(true);

  await client.close();
  close();
});
