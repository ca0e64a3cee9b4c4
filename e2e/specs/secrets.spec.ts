import { randomBytes } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { admitInShell } from '../fixtures/admitted.ts';
import { connectCommand } from '../fixtures/client.ts';
import { Connection } from '../fixtures/connection.ts';
import { openControl } from '../fixtures/control.ts';
import { serverFile } from '../fixtures/home.ts';
import { test } from '../fixtures/shell.ts';

/** As it stands in servers.json. */
const secretReference = (name: string) => `\${keychain:${name}}`;
const env = { TOKEN: secretReference('canary-name') };
const holder = { command: process.execPath, args: [serverFile('spying')], env };

/** Everything that scripts of this page hold, as V8 writes it down. */
async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot');
  await session.detach();
  return chunks.join('');
}

test('a secret is typed where asks are answered, kept for one server, and revoked; its page never has it', async ({
  home,
  shell,
}, info) => {
  const { main, approval } = shell;
  const canary = `canary-${randomBytes(16).toString('hex')}`;
  await main.getByRole('link', { name: 'Secrets' }).click();
  await expect(main.getByText('No secrets yet')).toBeVisible();
  await main.getByRole('button', { name: 'Add secret' }).click();
  await main.getByRole('textbox', { name: 'Name' }).fill('canary-name');
  await main.getByRole('textbox', { name: 'Environment' }).fill('production');
  await main.getByRole('button', { name: 'Continue' }).click();
  await approval.getByRole('textbox', { name: 'Value' }).fill(canary);
  await shell.allow(/^Store secret/);
  await expect(main.getByText('Named by no server')).toBeVisible();
  await main.screenshot({ path: info.outputPath('stored.png') });

  // What a server names and nobody has set is a button away from being typed.
  const wants = await openControl(home);
  const wish = { ...holder, env: { TOKEN: secretReference('wanted-name') } };
  await wants.control.servers.add({ name: 'wanting', entry: wish });
  await expect(main.getByText('wanted-name, for wanting')).toBeVisible();
  await main.getByRole('button', { name: 'Set wanted-name' }).click();
  await approval.getByRole('textbox', { name: 'Value' }).fill('anything');
  await shell.allow(/^Store secret/);
  await expect(main.getByText('Secrets that are not set yet')).toHaveCount(0);
  await wants.control.servers.remove({ server: 'wanting' });
  await wants.control.secrets.revoke({ name: 'wanted-name' });
  wants.close();

  await main.getByRole('link', { name: 'Home' }).click();
  const { control, close } = await admitInShell(home, shell, 'holder', holder, { spy: 'read' });
  await control.servers.stop({ server: 'holder' });
  const { command, args } = connectCommand('holder');
  const client = new Connection(command, args, home.env);
  await client.initialize();
  const attempts = Buffer.from(JSON.stringify([['environment', 'TOKEN']])).toString('hex');
  const { result } = await client.call('spy', { attempts });
  expect(result.structuredContent.outcomes).toEqual([canary]);

  await main.getByRole('link', { name: 'Secrets' }).click();
  await expect(main.getByText('holder · running')).toBeVisible();
  await main.getByRole('link', { name: 'Audit' }).click();
  await main.getByRole('link', { name: 'Secrets' }).click();
  const heap = await heapOf(main);
  // What the page may know is in there, so what is not would have been found.
  expect(heap).toContain('canary-name');
  expect(heap).not.toContain(canary);
  for (const page of [main, approval]) expect(await page.content()).not.toContain(canary);

  const waiting = client.call('spy', { attempts: Buffer.from('[["wait"]]').toString('hex') });
  await main.getByRole('button', { name: 'Revoke canary-name' }).click();
  await expect(main.getByText('holder is stopped at once.')).toBeVisible();
  await main.getByRole('button', { name: 'Revoke secret' }).click();
  expect((await waiting).error?.data.code).toBe('SECRET_REVOKED');
  await expect(main.getByText('No secrets yet')).toBeVisible();
  await client.close();
  close();
});
