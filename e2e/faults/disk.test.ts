import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { expect, onTestFinished, test } from 'vitest';
import { connectClient } from '../fixtures/client.ts';
import { admit, type Daemon, ownEnvironment, startDaemon } from '../fixtures/daemon.ts';
import { type Home, makeHome, PROJECT } from '../fixtures/home.ts';
import { callsIn, intended, seenBy } from './recorded.ts';

const REFUSED = /audit cannot be written/;
/** More records than fit into what a database may have set aside. */
const MANY = 3000;
/** What lets calls through is believed for a second. */
const SOON = { timeout: 5000 };

interface Stage {
  readonly home: Home;
  readonly daemon: Daemon;
  readonly client: Client;
  /** What the server wrote down, outside the folder that fills up. */
  readonly log: string;
}

async function stage(home: Home): Promise<Stage> {
  const logs = makeHome();
  const log = join(logs.folder, 'received');
  const daemon = await startDaemon(home);
  const args = [join(PROJECT, 'e2e/servers/recording.ts'), log];
  await admit(daemon, 'recorder', { command: process.execPath, args }, { look: 'read', put: 'write' });
  const client = await connectClient({ ...home, env: ownEnvironment(home) }, 'recorder');
  onTestFinished(async () => {
    await client.close();
    await daemon.stop();
    logs.remove();
  });
  return { home, daemon, client, log };
}

/** What a call came to, as text. One that ran and could not be recorded any more is an error that says so. */
const look = (client: Client, n: string): Promise<string> =>
  client.callTool({ name: 'look', arguments: { n } }).then(JSON.stringify, String);

/** Calls until one is refused; gives its number. */
async function lookUntilRefused({ client }: Stage): Promise<number> {
  for (let n = 0; n < MANY; n += 1) if (REFUSED.test(await look(client, `full.${n}`))) return n;
  throw new Error('The disk is full, and every call went through.');
}

async function nothingUnrecorded({ daemon, log }: Stage): Promise<void> {
  const known = await intended(daemon.app);
  expect(seenBy(log).filter((bytes) => !known.has(bytes))).toEqual([]);
  expect(await daemon.app.audit.verify()).toMatchObject({ ok: true, fault: null });
}

test('a ledger that may not grow: governed calls are refused until it may', async () => {
  const home = makeHome();
  onTestFinished(home.remove);
  const { daemon, client, log } = await stage(home);
  expect(await look(client, 'before')).toContain('before');

  limitFiles(daemon.pid, '1');
  expect(await look(client, 'limited')).toMatch(REFUSED);
  expect(JSON.stringify(await client.callTool({ name: 'put', arguments: { n: 'limited' } }))).toMatch(REFUSED);
  limitFiles(daemon.pid, 'unlimited');

  expect(await look(client, 'after')).toContain('after');
  expect(callsIn(log).map(({ arguments: { n } }) => n)).toEqual(['before', 'after']);
  await nothingUnrecorded({ home, daemon, client, log });
});

// A file system of its own takes a mount, and that takes root.
test.skipIf(process.getuid?.() !== 0)(
  'a file system that fills up: a warning, then reads only, then nothing, and all of it again when there is room',
  async () => {
    const home = makeHome();
    const state = join(home.folder, 'state');
    mkdirSync(state, { mode: 0o700 });
    // Its size is what costs nothing to change: no file has to fill it.
    const size = (mb: number, ...more: string[]) =>
      execFileSync('mount', ['-t', 'tmpfs', '-o', [`size=${mb}m,mode=0700`, ...more].join(), 'tmpfs', state]);
    size(800);
    onTestFinished(() => {
      execFileSync('umount', ['--lazy', state]);
      home.remove();
    });
    const all = await stage(home);
    const { app } = all.daemon;
    const put = async (n: string) => JSON.stringify(await all.client.callTool({ name: 'put', arguments: { n } }));
    const shown = async () => {
      const { disk } = await app.daemon.status();
      return [disk.state, (await app.daemon.doctor()).find(({ id }) => id === 'disk')?.state];
    };
    expect(await look(all.client, 'before')).toContain('before');
    expect(await shown()).toEqual(['enough', 'ok']);

    size(400, 'remount');
    await expect.poll(shown, SOON).toEqual(['low', 'warning']);
    expect(await look(all.client, 'low')).toContain('low');

    size(90, 'remount');
    await expect.poll(shown, SOON).toEqual(['critical', 'failed']);
    expect(await look(all.client, 'critical')).toContain('critical');
    expect(await put('critical')).toMatch(/DISK_LOW/);
    expect(await app.asks.list({ open: true })).toEqual([]);

    const filler = join(state, 'filler');
    fill(filler);
    const refused = await lookUntilRefused(all);
    expect(callsIn(all.log).map(({ arguments: { n } }) => n)).not.toContain(`full.${refused}`);
    expect(await shown()).toEqual(['full', 'failed']);
    rmSync(filler);

    expect(await look(all.client, 'after')).toContain('after');
    size(800, 'remount');
    expect(await shown()).toEqual(['enough', 'ok']);
    await nothingUnrecorded(all);
  },
);

/** Sets the largest file this process may write, bytes; what it has written stays. */
function limitFiles(pid: number, bytes: string): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
}

/** Writes until nothing more fits. */
function fill(file: string): void {
  const fd = openSync(file, 'w');
  for (let block = Buffer.alloc(1 << 16); block.length > 0; ) {
    try {
      writeSync(fd, block);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      block = block.subarray(0, block.length >> 1);
    }
  }
  closeSync(fd);
}
