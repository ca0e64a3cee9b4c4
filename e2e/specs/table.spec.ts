/** A person goes anywhere in what was recorded: to the middle, to the end, to a time, by an address, while more comes in. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect } from '@playwright/test';
import { admitInShell } from '../fixtures/admitted.ts';
import { connectClient } from '../fixtures/client.ts';
import { test } from '../fixtures/shell.ts';

const CALLS = 400;
const filesystem = join(
  dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/server-filesystem/package.json')),
  'dist/index.js',
);

test('the audit is gone through from anywhere, and stands still while more comes in', async ({ home, shell }, info) => {
  const { main, kind } = shell;
  const folder = join(home.folder, 'work');
  mkdirSync(folder);
  const file = join(folder, 'notes.txt');
  writeFileSync(file, 'a note');
  const entry = { command: process.execPath, args: [filesystem, folder], env: {} };
  const { control, close } = await admitInShell(home, shell, 'files', entry, { read_text_file: 'read' });
  const client = await connectClient(home, 'files');
  const read = () => client.callTool({ name: 'read_text_file', arguments: { path: file } });
  for (let done = 0; done < CALLS; done += 8) await Promise.all(Array.from({ length: 8 }, read));

  await main.goto(`${main.url().split('#')[0]}#/audit`);
  const grid = main.getByRole('grid', { name: 'Records' });
  const { total } = await control.audit.rows({});
  expect(total).toBeGreaterThan(2 * CALLS);
  await expect(grid).toHaveAttribute('aria-rowcount', String(total + 1));
  const shows = async (row: number) => {
    const line = grid.locator(`[aria-rowindex="${row + 2}"]`);
    await expect(line).toBeInViewport();
    await expect(line.getByRole('gridcell').first()).toHaveText(String(total - 1 - row));
  };

  // To the middle by the bar, which stands still while more comes in.
  const middle = Math.floor(total / 2);
  await grid.evaluate((element, row) => {
    element.scrollTop = row * 36;
  }, middle);
  await shows(middle);
  await read();
  await expect(main.getByRole('button', { name: /^[2-9] newer$/ })).toBeVisible();
  await shows(middle + 1);
  await main.screenshot({ path: info.outputPath(`middle-${kind}.png`) });

  // To both ends by keys.
  await grid.focus();
  await main.keyboard.press('End');
  await shows(total - 1);
  await main.keyboard.press('Home');
  await expect(main.getByRole('button', { name: /newer$/ })).toHaveCount(0);
  await expect(grid).not.toHaveAttribute('aria-rowcount', String(total + 1));

  // To a time, in the words of the search.
  const time = main.getByRole('textbox', { name: 'Go to a time' });
  await time.fill('soonish');
  await time.press('Enter');
  await expect(main.getByText('“soonish” is no time')).toBeVisible();
  const { records } = await control.audit.rows({ offset: middle, limit: 1 });
  await time.fill(records[0]?.at ?? '');
  await time.press('Enter');
  const leaf = main.getByRole('gridcell', { name: String(records[0]?.seq), exact: true });
  const found = grid.getByRole('row').filter({ has: leaf });
  await expect(found).toBeInViewport();

  // Also where each record has to be looked at, and in what is found by it.
  const box = main.getByRole('combobox', { name: 'Search the audit' });
  await box.fill('"notes txt" type:intent');
  await box.press('Enter');
  await expect(grid).toHaveAttribute('aria-rowcount', String(CALLS + 2));
  await grid.focus();
  await main.keyboard.press('End');
  await expect(grid.getByRole('row').last()).toHaveAttribute('aria-rowindex', String(CALLS + 2));
  await expect(grid.getByRole('row').last()).toContainText('read_text_file');
  await box.fill('');
  await expect(grid).not.toHaveAttribute('aria-rowcount', String(CALLS + 2));
  await time.press('Enter');
  await expect(found).toBeInViewport();

  // By its address.
  await found.click();
  await expect(main.getByRole('dialog')).toBeVisible();
  await expect(main).toHaveURL(/#\/audit\/\/./);
  const address = main.url();
  await main.getByRole('button', { name: 'Close' }).click();
  await main.goto(`${address.split('#')[0]}#/home`);
  await main.goto(address);
  await expect(main.getByRole('dialog')).toBeVisible();
  await expect(grid.getByRole('row', { selected: true })).toBeInViewport();
  await expect(grid.getByRole('row', { selected: true })).toContainText(String(records[0]?.seq));
  await client.close();
  close();
});
