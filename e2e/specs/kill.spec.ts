import { join } from 'node:path';
import { expect } from '@playwright/test';
import { admitInShell } from '../fixtures/admitted.ts';
import { connectCommand } from '../fixtures/client.ts';
import { Connection } from '../fixtures/connection.ts';
import { PROJECT } from '../fixtures/home.ts';
import { test } from '../fixtures/shell.ts';

const echo = { command: process.execPath, args: [join(PROJECT, 'e2e/servers/echo.ts')], env: {} };
const REFUSAL = 'dev.countersign/refusal';

test('stop everything: what runs is cancelled at once, nothing runs until a person switches it on again', async ({
  home,
  shell,
}, info) => {
  const { main } = shell;
  const { control, close } = await admitInShell(home, shell, 'echo', echo, { echo: 'read', wait: 'read' });
  const { command, args } = connectCommand('echo');
  const client = new Connection(command, args, home.env);
  await client.initialize();
  const running = client.start('tools/call', { name: 'wait', arguments: {} });
  await client.line(({ params }) => params?.data === 'waiting');

  await main.getByRole('link', { name: 'Grants' }).click();
  await main.getByRole('button', { name: 'Stop everything' }).click();
  const { message } = await client.answer(running);
  expect(message.error?.data).toMatchObject({ code: 'SWITCHED_OFF' });
  // The server was told, and what it did is on record as not known.
  await client.line(({ params }) => params?.data?.requestId === running);
  const { records } = await control.audit.search({ type: 'outcome' });
  const [outcome] = records;
  expect(outcome).toMatchObject({ tool: 'wait', event: 'unknown', code: 'SWITCHED_OFF' });
  const [killed] = (await control.audit.search({ type: 'switch' })).records;
  expect(killed?.event).toBe('killed');
  expect(Date.parse(outcome?.at ?? '') - Date.parse(killed?.at ?? '')).toBeLessThan(1000);

  await expect(main.getByText('Everything is stopped')).toBeVisible();
  await main.screenshot({ path: info.outputPath('stopped.png') });
  const refused = await client.call('echo');
  expect(refused.result._meta[REFUSAL]).toEqual({ code: 'SWITCHED_OFF' });

  await main.getByRole('button', { name: 'Switch on again: everything' }).click();
  await shell.allow(/^Switch on/);
  await expect(main.getByText('Nothing is stopped')).toBeVisible();
  expect((await client.call('echo')).result.isError).toBeFalsy();

  await client.close();
  close();
});

test('stop one tool: the others go on', async ({ home, shell }) => {
  const { control, close } = await admitInShell(home, shell, 'echo', echo, { echo: 'read', count: 'read' });
  const { command, args } = connectCommand('echo');
  const client = new Connection(command, args, home.env);
  await client.initialize();
  await control.switches.kill({ scope: { kind: 'tool', server: 'echo', tool: 'echo' } });
  expect((await client.call('echo')).result._meta[REFUSAL]).toEqual({ code: 'SWITCHED_OFF' });
  expect((await client.call('count')).result.isError).toBeFalsy();
  await client.close();
  close();
});
