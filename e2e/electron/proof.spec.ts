/** More than a click: for the highest class always, and above reading for everything while something can drive the screen. */
import { expect } from '@playwright/test';
import { admitInShell } from '../fixtures/admitted.ts';
import { connectClient } from '../fixtures/client.ts';
import { serverFile } from '../fixtures/home.ts';
import { test } from '../fixtures/shell.ts';

const entry = (server: string) => ({ command: process.execPath, args: [serverFile(server)], env: {} });

test('the highest class takes a passcode, chosen with the first answer; a wrong one allows nothing', async ({
  home,
  shell,
}, info) => {
  const { approval } = shell;
  const classes = { echo: 'external', raw: 'write' } as const;
  const { control, close } = await admitInShell(home, shell, 'notes', entry('echo'), classes);
  const client = await connectClient(home, 'notes');
  const call = (name: string, n: string) =>
    client.callTool({ name, arguments: { n, hex: '7b7d' } }).catch((error: Error) => error);
  const yes = approval.getByRole('button', { name: /^Allow once/ });

  const first = call('echo', 'one');
  await expect(approval.getByText('so a click is not enough')).toBeVisible();
  await expect(yes).toHaveAttribute('aria-disabled', 'true');
  await approval.screenshot({ path: info.outputPath('first.png') });
  await shell.allow(/^Allow once/);
  expect(await first).toMatchObject({ content: [{ type: 'text' }] });
  expect(await control.daemon.status()).toMatchObject({ passcode: 'set' });

  const second = call('echo', 'two');
  const passcode = approval.getByRole('textbox', { name: 'Your passcode' });
  await expect(yes).toHaveAttribute('aria-disabled', 'true');
  await passcode.fill('not that one');
  await expect(yes).toHaveAttribute('aria-disabled', 'false');
  await yes.click();
  await expect(approval.getByText('The passcode is wrong.')).toBeVisible();
  await shell.allow(/^Allow once/);
  expect(await second).toMatchObject({ content: [{ type: 'text' }] });
  await client.close();
  close();
});

test('while a connected server can drive the screen, a write takes it too, and the prompt says why', async ({
  home,
  shell,
}, info) => {
  const { approval } = shell;
  const { close } = await admitInShell(home, shell, 'notes', entry('echo'), { echo: 'write' });
  const notes = await connectClient(home, 'notes');
  const write = (n: string) => notes.callTool({ name: 'echo', arguments: { n } }).catch((error: Error) => error);

  const before = write('one');
  await expect(approval.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(approval.getByRole('textbox')).toHaveCount(0);
  await shell.allow(/^Allow once/);
  await before;

  const { control, close: closeDesk } = await admitInShell(home, shell, 'desk', entry('desk'), { screenshot: 'read' });
  const desk = await connectClient(home, 'desk');
  const during = write('two');
  await expect(approval.getByText('The server desk (its tool left_click) can drive the screen')).toBeVisible();
  await approval.screenshot({ path: info.outputPath('screen.png') });
  expect(await control.proof.state()).toMatchObject({ screen: expect.stringContaining('desk') });
  await shell.allow(/^Allow once/);
  expect(await during).toMatchObject({ content: [{ type: 'text' }] });
  await desk.close();
  await control.servers.stop({ server: 'desk' });

  await expect.poll(async () => (await control.proof.state()).screen).toBeNull();
  const after = write('three');
  await expect(approval.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(approval.getByRole('textbox')).toHaveCount(0);
  await approval.getByRole('button', { name: /^Deny/ }).first().click();
  await after;
  await notes.close();
  close();
  closeDesk();
});
