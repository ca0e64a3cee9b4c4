import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startDaemon } from '../fixtures/daemon.ts';
import { refusedWith } from '../fixtures/door.ts';
import { makeHome } from '../fixtures/home.ts';
import { Stage } from './stage.ts';

test('who starts the daemon, with both pipes in hand, still needs the passcode that seals the vault', async () => {
  await using stage = await Stage.open();
  const own = await stage.whileStopped(() => {}, { locked: true });
  for (const passcode of ['', 'guess', 'correct horse', 'correct horse batteries']) {
    expect(await refusedWith(own.approval.passcode.unlock({ passcode }))).toBe('PASSCODE_WRONG');
  }
  const digest = `sha256:${'0'.repeat(64)}`;
  expect(await refusedWith(own.app.servers.consent({ server: 'recorder', digest }))).toBe('VAULT_LOCKED');
  expect(await refusedWith(own.app.secrets.set({ name: 'A', value: 'b' }))).toBe('VAULT_LOCKED');
  expect(await refusedWith(own.app.passcode.set())).toBe('VAULT_LOCKED');
  expect(await refusedWith(own.app.audit.search({}))).toBe('VAULT_LOCKED');
  expect(await stage.firstWord()).toBe('VAULT_LOCKED');
  expect(stage.received()).toEqual([]);
});

test('a vault that is made anew is another device: nothing agreed to before counts, and the ledger says so', async () => {
  await using stage = await Stage.open();
  const before = (await stage.daemon.app.daemon.status()).device;
  const own = await stage.whileStopped(() => rmSync(stage.path('state', 'vault')));
  expect((await own.app.daemon.status()).device).not.toBe(before);
  expect(await stage.firstWord()).toBe('CONSENT_NEEDED');
  expect((await stage.alarms()).map(({ event }) => event)).toContain('row-void');
  expect(await own.app.audit.verify()).toMatchObject({ ok: false });
});

test('a passcode that is too short makes no vault', async () => {
  const home = makeHome();
  await using daemon = await startDaemon(home, { locked: true });
  expect(await refusedWith(daemon.approval.passcode.unlock({ passcode: 'short' }))).toBe('PASSCODE_WEAK');
  expect(existsSync(join(home.folder, 'state', 'vault'))).toBe(false);
  expect(await daemon.app.daemon.status()).toMatchObject({ mode: 'app', keystore: { state: 'absent' } });
  await daemon.stop();
  home.remove();
});
