import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { agree } from '../fixtures/daemon.ts';
import { refusedWith } from '../fixtures/door.ts';
import { Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage[Symbol.asyncDispose]());

/** Edits a file as a shell of the account would. */
function edit(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

/** Waits until the daemon has taken the edited servers.json up. */
async function takenUp(server: string, wanted: (entry: { command: string }) => boolean): Promise<void> {
  const { app } = stage.daemon;
  const changes = await app.daemon.changes();
  for (;;) {
    const entry = (await app.servers.list()).find(({ name }) => name === server);
    if (entry && wanted(entry)) break;
    await changes.next();
  }
  await changes.return?.(undefined);
}

test('servers.json with another command: nothing starts before somebody agrees to the difference', async () => {
  const marker = stage.path('started');
  edit(stage.path('config', 'servers.json'), (text) => {
    const file = JSON.parse(text);
    file.mcpServers.recorder = { command: '/usr/bin/touch', args: [marker] };
    return JSON.stringify(file);
  });
  await takenUp('recorder', ({ command }) => command === '/usr/bin/touch');
  expect(await stage.firstWord()).toBe('CONSENT_CHANGED');
  expect(await refusedWith(stage.daemon.app.servers.restart({ server: 'recorder' }))).toBe('CONSENT_CHANGED');
  expect(existsSync(marker)).toBe(false);
  const { differences } = await stage.daemon.app.servers.review({ server: 'recorder' });
  expect(JSON.stringify(differences)).toContain('/usr/bin/touch');
  const { records } = await stage.daemon.app.audit.search({ type: 'config' });
  expect(records[0]).toMatchObject({ event: 'found-changed', server: 'recorder' });
});

test('a program that was agreed to, with other content: nothing starts, whatever leads to it', async () => {
  const script = stage.path('server.mjs');
  writeFileSync(script, readFileSync(stage.entry().args[0] ?? ''));
  const entries = {
    script: { command: process.execPath, args: [script] },
    wrapped: { command: 'sh', args: ['-c', `cd / && exec ${process.execPath} .${script}`] },
  };
  for (const [name, entry] of Object.entries(entries)) {
    await stage.daemon.app.servers.add({ name, entry });
    const { digest } = await stage.daemon.app.servers.review({ server: name });
    await agree(stage.daemon, await stage.daemon.app.servers.consent({ server: name, digest: digest ?? '' }));
  }
  edit(script, (text) => `${text}\n// and one line more\n`);
  for (const name of Object.keys(entries)) expect(await stage.firstWord(name)).toBe('CONSENT_CHANGED');
});

test('servers.json that switches on what was switched off: it stays off, after a restart too', async () => {
  const { app } = stage.daemon;
  await app.servers.disable({ server: 'recorder' });
  const file = stage.path('config', 'servers.json');
  edit(file, (text) => text.replace('"disabled": true', '"disabled": false'));
  expect(readFileSync(file, 'utf8')).toContain('"disabled": false');
  expect(await stage.firstWord()).toBe('SERVER_DISABLED');
  await stage.whileStopped(() => {});
  expect(await stage.firstWord()).toBe('SERVER_DISABLED');
});

test('a policy file that permits is a proposal; one that forbids counts at once', async () => {
  const { app } = stage.daemon;
  const policy = stage.path('config', 'policies', 'mine.cedar');
  const before = await app.policy.state();
  writeFileSync(policy, '@id("mine/all")\npermit (principal, action, resource);\n');
  const proposed = await app.policy.check();
  expect(proposed.digest).toBe(before.digest);
  expect(proposed.proposal?.files).toMatchObject([{ file: 'mine.cedar', before: null }]);

  writeFileSync(policy, '@id("mine/none")\nforbid (principal, action, resource);\n');
  expect((await app.policy.check()).digest).not.toBe(before.digest);
  expect(await stage.call('look', 'forbidden')).toBe('POLICY_DENIED');

  // Taking the forbid away again is for a person to agree to.
  rmSync(policy);
  expect((await app.policy.check()).proposal).not.toBeNull();
  expect(await stage.call('look', 'still forbidden')).toBe('POLICY_DENIED');
  await stage.whileStopped(() => {});
  expect(await stage.call('look', 'still forbidden')).toBe('POLICY_DENIED');
  expect(stage.received()).toEqual([]);
});

test('settings that give oneself a role, or say it is another place, are a proposal', async () => {
  const { app } = stage.daemon;
  const rule = '@id("mine/leads") forbid (principal, action, resource) unless { principal in Role::"lead" };\n';
  writeFileSync(stage.path('config', 'policies', 'mine.cedar'), rule);
  writeFileSync(stage.path('config', 'settings.json'), '{ "roles": ["lead"], "environment": "test" }');
  const proposed = await app.policy.check();
  expect(proposed.proposal?.files).toMatchObject([{ file: 'settings.json', before: null }]);
  expect(proposed.settings).toMatchObject({ roles: [], environment: '' });
  expect(await stage.call('look', 'forbidden')).toBe('POLICY_DENIED');
});

test('a policy file that cannot be read takes no forbid away', async () => {
  const { app } = stage.daemon;
  const policy = stage.path('config', 'policies', 'mine.cedar');
  writeFileSync(policy, '@id("mine/none")\nforbid (principal, action, resource);\n');
  await app.policy.check();
  writeFileSync(policy, 'permit (principal, action, resource); forbid (');
  expect((await app.policy.check()).faults).not.toEqual([]);
  expect(await stage.call('look', 'forbidden')).toBe('POLICY_DENIED');
});

test('the vault with one byte flipped does not open, and nothing runs', async () => {
  const vault = stage.path('state', 'vault');
  const honest = readFileSync(vault);
  await expect(
    stage.whileStopped(() => {
      const bytes = Buffer.from(honest);
      const last = bytes.length - 1;
      bytes[last] = (bytes[last] ?? 0) ^ 1;
      writeFileSync(vault, bytes);
    }),
  ).rejects.toMatchObject({ data: { code: 'PASSCODE_WRONG' } });
  expect(readFileSync(vault)).not.toEqual(honest);
});
