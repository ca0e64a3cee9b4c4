import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, type TestInfo } from '@playwright/test';
import { connectClient } from '../fixtures/client.ts';
import { PROJECT } from '../fixtures/home.ts';
import { test } from '../fixtures/shell.ts';

const SERVER = join(PROJECT, 'node_modules/@modelcontextprotocol/server-filesystem/dist/index.js');
const CONTENT = 'exactly these bytes: \u2028 and \u00e9\n';

/** From nothing to a countersigned write: a real client, the real file-system server, and a person at the screen. */
test('a client writes a file: denied it is not there, allowed it holds exactly these bytes, and the audit shows both', async ({
  home,
  shell,
}, info) => {
  const { main, approval } = shell;
  const folder = mkdtempSync(join(tmpdir(), 'story-'));

  await test.step('add the server', async () => {
    await main.getByRole('link', { name: 'Servers' }).click();
    await picture(main, info, 'servers-empty');
    await main.getByRole('button', { name: 'Add server' }).first().click();
    await main.getByLabel('Name', { exact: true }).fill('files');
    await main.getByLabel('Command', { exact: true }).fill(`"${process.execPath}" "${SERVER}" "${folder}"`);
    await picture(main, info, 'servers-add');
    await main.getByRole('button', { name: 'Add and review' }).click();
  });

  await test.step('without consent nothing starts, and the client is told why', async () => {
    await expect(connectClient(home, 'files')).rejects.toThrow('Nobody has agreed yet');
  });

  await test.step('review and consent', async () => {
    await expect(main.getByText(SERVER).first()).toBeVisible();
    await picture(main, info, 'review');
    await main.getByRole('button', { name: /^Ask|^Agree/ }).click();
    await expect(approval.getByRole('heading', { level: 1 })).toContainText('files');
    await picture(approval, info, 'prompt-consent');
    await shell.allow(/^Agree/);
  });

  await test.step('look at the tools and accept them', async () => {
    await main.getByRole('tab', { name: 'Tools' }).click();
    await main.getByRole('button', { name: 'Start and list tools' }).click();
    await expect(main.getByText('write_file', { exact: true })).toBeVisible();
    await picture(main, info, 'tools-review');
    await main.getByRole('button', { name: /^Accept/ }).click();
    await expect(approval.getByRole('heading', { level: 1 })).toContainText('tools');
    await picture(approval, info, 'prompt-tools');
    await shell.allow(/^Accept/);
    await expect(main.getByText('Reviewed tools')).toBeVisible();
  });

  const client = await connectClient(home, 'files');
  const path = join(folder, 'note.txt');
  const write = () => client.callTool({ name: 'write_file', arguments: { path, content: CONTENT } });

  await test.step('denied with a note: an error the model can read, and no file', async () => {
    const call = write();
    await expect(approval.getByRole('heading', { level: 1 })).toContainText('note.txt');
    await picture(approval, info, 'prompt-call');
    await main.getByRole('link', { name: 'Asks' }).click();
    await expect(main.getByText('write_file').first()).toBeVisible();
    await picture(main, info, 'asks');
    await approval.getByRole('button', { name: /^Deny with a note/ }).click();
    await approval.getByLabel('Note to the model').fill('Not into this folder.');
    await approval.getByRole('button', { name: 'Deny', exact: false }).first().click();
    const result = await call;
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result.content)).toContain('Not into this folder.');
    expect(() => readFileSync(path)).toThrow('ENOENT');
  });

  await test.step('allowed: exactly these bytes', async () => {
    const call = write();
    await expect(approval.getByRole('heading', { level: 1 })).toContainText('note.txt');
    await shell.allow(/^Allow once/);
    expect((await call).isError).toBeFalsy();
    expect(readFileSync(path, 'utf8')).toBe(CONTENT);
  });

  await test.step('a read runs unasked', async () => {
    const result = await client.callTool({ name: 'read_text_file', arguments: { path } });
    expect(JSON.stringify(result.content)).toContain('exactly these bytes');
  });

  await test.step('the audit shows intent, approval with person and time taken, and outcome', async () => {
    await main.getByRole('link', { name: 'Audit' }).click();
    await expect(main.getByText('write_file').first()).toBeVisible();
    await picture(main, info, 'audit');
    await main
      .getByRole('row')
      .filter({ hasText: 'write_file' })
      .filter({ hasText: /Succeeded|ok|outcome/i })
      .first()
      .click();
    const timeline = main.getByRole('region', { name: 'Timeline' });
    await expect(timeline).toContainText(/approved|allowed/i);
    for (const said of ['write_file', 'Outcome']) await expect(timeline).toContainText(new RegExp(said, 'i'));
    await picture(main, info, 'audit-call');
  });

  await client.close();
  rmSync(folder, { recursive: true });
});

async function picture(page: Page, info: TestInfo, name: string): Promise<void> {
  await page.screenshot({ path: info.outputPath(`${name}.png`), animations: 'disabled' });
}
