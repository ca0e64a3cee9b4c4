/** A person finds what happened: by words, by field, over time, by session, and takes it along with its proof. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect } from '@playwright/test';
import { admitInShell } from '../fixtures/admitted.ts';
import { connectClient } from '../fixtures/client.ts';
import { countersign } from '../fixtures/command.ts';
import { PROJECT } from '../fixtures/home.ts';
import { test } from '../fixtures/shell.ts';

const filesystem = join(
  dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/server-filesystem/package.json')),
  'dist/index.js',
);

test('the record is searched, read, compared and taken along', async ({ home, shell }, info) => {
  const { main, kind } = shell;
  const folder = join(home.folder, 'work');
  mkdirSync(folder);
  for (const name of ['invoice.txt', 'notes.txt']) writeFileSync(join(folder, name), `the ${name} was paid`);
  const entry = { command: process.execPath, args: [filesystem, folder], env: {} };
  const { close } = await admitInShell(home, shell, 'files', entry, { read_text_file: 'read' });
  const client = await connectClient(home, 'files');
  for (const name of ['invoice.txt', 'notes.txt'])
    await client.callTool({ name: 'read_text_file', arguments: { path: join(folder, name) } });

  // A person guesses the language; what they begin is completed from what was seen.
  await main.goto(`${main.url().split('#')[0]}#/audit`);
  const box = main.getByRole('combobox', { name: 'Search the audit' });
  await box.fill('tool:read_t');
  await main.getByRole('option', { name: 'read_text_file' }).click();
  await expect(box).toHaveValue('tool:read_text_file ');
  await box.pressSequentially('type:intent "invoice.txt"');
  await box.press('Enter');
  const rows = main.getByRole('grid', { name: 'Records' }).getByRole('row');
  await expect(rows).toHaveCount(2);
  await main.screenshot({ path: info.outputPath(`search-${kind}.png`) });

  // What cannot be meant is said at its word.
  await box.fill('verdikt:denied');
  await box.press('Escape');
  await expect(main.getByText('Did you mean verdict:?')).toBeVisible();

  // Two calls side by side.
  await box.fill('tool:read_text_file type:intent');
  await box.press('Enter');
  await expect(rows).toHaveCount(3);
  await rows.nth(2).click();
  await main.getByRole('button', { name: 'Mark to compare' }).click();
  await main.getByRole('button', { name: 'Close' }).click();
  await rows.nth(1).click();
  await main.getByRole('button', { name: 'Compare with the marked call' }).click();
  const compared = main.getByRole('dialog', { name: 'Two calls compared' });
  await expect(compared.getByText('invoice.txt').first()).toBeVisible();
  await main.screenshot({ path: info.outputPath(`compared-${kind}.png`) });
  await compared.getByRole('button', { name: 'Close' }).click();

  // The session from its first line to its last.
  await rows.nth(1).click();
  await main.getByRole('link', { name: /What it did/ }).click();
  await expect(main.getByRole('heading', { name: 'Read (2)' })).toBeVisible();
  await expect(main.getByText('Nothing left this machine.')).toBeVisible();
  await main.screenshot({ path: info.outputPath(`session-${kind}.png`) });

  // Everything, as a file that proves itself.
  await main.goto(`${main.url().split('#')[0]}#/audit`);
  await expect(rows.nth(5)).toBeVisible();
  await main.screenshot({ path: info.outputPath(`everything-${kind}.png`) });
  if (kind === 'browser') {
    await main.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      main.waitForEvent('download'),
      main.getByRole('button', { name: 'Save', exact: true }).click(),
    ]);
    const file = join(home.folder, 'taken.jsonl');
    await download.saveAs(file);
    const { key } = JSON.parse(await countersign(home, 'audit', 'identity', '--json')) as { key: string };
    const verifier = join(PROJECT, 'main/shells/verify/bin.cjs');
    const said = execFileSync(process.execPath, [verifier, file, '--key', key], { encoding: 'utf8' });
    expect(said).toMatch(/^Proved\. \d+ records/);
    await main.screenshot({ path: info.outputPath(`export-${kind}.png`) });
  }
  await client.close();
  close();
});
