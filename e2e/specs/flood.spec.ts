import { join } from 'node:path';
import { expect } from '@playwright/test';
import { admitInShell } from '../fixtures/admitted.ts';
import { connectCommand } from '../fixtures/client.ts';
import { Connection } from '../fixtures/connection.ts';
import { PROJECT } from '../fixtures/home.ts';
import { test } from '../fixtures/shell.ts';

const echo = { command: process.execPath, args: [join(PROJECT, 'e2e/servers/echo.ts')], env: {} };
const REFUSAL = 'dev.countersign/refusal';

test('a flood of asks is throttled at eight, denied in one go, and the session may ask again', async ({
  home,
  shell,
}, info) => {
  const { approval } = shell;
  const { control, close } = await admitInShell(home, shell, 'echo', echo, { echo: 'write' });
  const { command, args } = connectCommand('echo');
  const client = new Connection(command, args, home.env);
  await client.initialize();
  const calls = Array.from({ length: 9 }, (_, n) => client.start('tools/call', { name: 'echo', arguments: { n } }));

  // The ninth is refused at once, in words a model understands.
  const ninth = (await client.answer(calls[8] ?? 0)).message;
  expect(ninth.result._meta[REFUSAL]).toEqual({ code: 'ASKS_THROTTLED' });
  expect(await control.asks.list({ open: true })).toHaveLength(8);

  const all = approval.getByRole('button', { name: 'Deny all 8 from this session' });
  await expect(all).toBeVisible();
  await approval.screenshot({ path: info.outputPath('flood.png') });
  await all.click();
  for (const call of calls.slice(0, 8)) {
    const { message } = await client.answer(call);
    expect(message.result._meta[REFUSAL]).toEqual({ code: 'ASK_DENIED' });
  }
  expect(await control.asks.list({ open: true })).toEqual([]);

  await expect(approval.getByRole('heading', { level: 1 })).toHaveText('Nothing to decide');
  const again = client.start('tools/call', { name: 'echo', arguments: { n: 10 } });
  await shell.allow(/^Allow once/);
  expect((await client.answer(again)).message.result.isError).toBeFalsy();
  await client.close();
  close();
});
