import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Confinement, SpawnPlan } from '../../services/supervisor/ports.ts';
import { namespaceHold } from '../process/namespace.ts';
import { type OpenProcesses, openProcesses } from '../process/processes.ts';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const watchdog = { program: process.execPath, args: [here('../process/watchdogMain.ts')] };
const confines = (await namespaceHold())?.confines ?? false;

/** A person's home outside of the temporary folders, as homes are. */
let home: string;
let outside: string;
let processes: OpenProcesses;
const listening: Server[] = [];

const put = (...parts: string[]) => {
  const path = join(home, ...parts);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, parts.join('/'));
  return path;
};
async function listen(address: string | number): Promise<Server> {
  const server = createServer((socket) => socket.end());
  listening.push(server.listen(typeof address === 'number' ? { port: address, host: '127.0.0.1' } : address));
  await once(server, 'listening');
  return server;
}
async function spy(attempts: [string, unknown?][], changes: Partial<Confinement> = {}, cwd = join(home, 'work')) {
  const confinement: Confinement = {
    network: true,
    home,
    writes: [cwd],
    reads: [],
    // A checkout may lie in a temporary folder.
    shows: [process.execPath, here('fixtures/spy.mjs')],
    hides: [join(home, 'own'), join(home, '.ssh'), join(home, '.netrc')],
    keeps: [join(home, '.bashrc')],
    caches: [{ at: join(home, '.cache'), from: join(home, 'own/work/spy.cache/cache') }],
    ...changes,
  };
  const args = [here('fixtures/spy.mjs'), JSON.stringify(attempts)];
  const env = { PATH: process.env.PATH ?? '' };
  const plan: SpawnPlan = { server: 'spy', program: process.execPath, args, cwd, env, confinement };
  const tree = await processes.spawn(plan, randomUUID());
  const [said, complained]: [string[], string[]] = [[], []];
  tree.onOutput((chunk) => said.push(new TextDecoder().decode(chunk)));
  tree.onErrorOutput((chunk) => complained.push(new TextDecoder().decode(chunk)));
  const { code } = await tree.ended;
  if (code !== 0) throw new Error(`${code}: ${complained.join('')}`);
  return JSON.parse(said.join('')) as unknown[];
}

beforeEach(async () => {
  home = realpathSync(mkdtempSync(join(homedir(), '.countersign-test-')));
  outside = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-test-')));
  for (const folder of ['work', 'own/work/spy.d', '.ssh', '.cache', 'notes'])
    mkdirSync(join(home, folder), { recursive: true });
  processes = await openProcesses({ stateFolder: join(home, 'own'), watchdog });
});
afterEach(async () => {
  await processes.close();
  await Promise.all(listening.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  rmSync(home, { recursive: true });
  rmSync(outside, { recursive: true });
});

describe.runIf(confines)('a confined tree', () => {
  test('reads what is not hidden, and changes its working directory for good', async () => {
    put('notes', 'list');
    const written = join(home, 'work', 'new');
    expect(
      await spy([
        ['read', join(home, 'notes', 'list')],
        ['write', written],
        ['read', written],
      ]),
    ).toEqual(['notes/list', 'ok', 'written']);
    expect(readFileSync(written, 'utf8')).toBe('written');
  });

  test('changes nothing else, and finds nothing where its keys and our folders are', async () => {
    put('own', 'vault');
    put('.ssh', 'id_ed25519');
    put('.netrc');
    expect(
      await spy([
        ['write', put('notes', 'list')],
        ['write', join(home, '.bashrc')],
        ['list', join(home, 'own')],
        ['read', join(home, '.ssh', 'id_ed25519')],
        ['write', join(home, '.ssh', 'authorized_keys')],
        ['read', join(home, '.netrc')],
        ['write', join(home, '.netrc')],
      ]),
    ).toEqual(['EROFS', 'EROFS', '', 'ENOENT', 'EROFS', 'EACCES', 'EACCES']);
    expect(existsSync(join(home, '.ssh', 'authorized_keys'))).toBe(false);
  });

  test('with its home to change, neither what shells start nor hooks nor what is hidden', async () => {
    const outcomes = await spy(
      [
        ['write', join(home, 'new')],
        ['write', put('.bashrc')],
        ['write', put('.git', 'hooks', 'pre-commit')],
        ['read', put('.ssh', 'config')],
        ['list', join(home, 'own')],
      ],
      { writes: [home] },
    );
    expect(outcomes).toEqual(['ok', 'EROFS', 'EROFS', 'ENOENT', '']);
  });

  test('works in a folder of its own inside of ours, and sees no other of ours', async () => {
    put('own', 'vault');
    put('own', 'work', 'other.d', 'data');
    const cwd = join(home, 'own', 'work', 'spy.d');
    expect(
      await spy(
        [
          ['write', join(cwd, 'kept')],
          ['list', join(home, 'own')],
          ['list', join(home, 'own', 'work')],
        ],
        {},
        cwd,
      ),
    ).toEqual(['ok', 'work', 'spy.d']);
    expect(existsSync(join(cwd, 'kept'))).toBe(true);
  });

  test('has temporary folders and caches of its own', async () => {
    put('.cache', 'shared');
    writeFileSync(join(outside, 'theirs'), '');
    const [temporary, ...others] = await spy([
      ['list', tmpdir()],
      ['write', join(tmpdir(), 'mine')],
      ['list', join(home, '.cache')],
      ['write', join(home, '.cache', 'mine')],
    ]);
    expect(temporary).not.toContain(basename(outside));
    expect(others).toEqual(['ok', '', 'ok']);
    expect(existsSync(join(tmpdir(), 'mine'))).toBe(false);
    expect(existsSync(join(home, 'own', 'work', 'spy.cache', 'cache', 'mine'))).toBe(true);
  });

  test('makes no folder in the account that it has no need of', async () => {
    const caches = ['.npm', '.mcp-auth'].map((name) => ({ at: join(home, name), from: join(home, 'own', name) }));
    expect(
      await spy(
        [
          ['write', join(home, '.npm', 'mine')],
          ['write', join(home, '.mcp-auth', 'mine')],
        ],
        { caches },
      ),
    ).toEqual(['ok', 'ENOENT']);
    expect([existsSync(join(home, '.npm', 'mine')), existsSync(join(home, '.mcp-auth'))]).toEqual([false, false]);
  });

  test('a named file comes with its folder, also in a temporary one; in a crowded one it comes alone', async () => {
    const [database, crowded] = [join(outside, 'notes.db'), put('notes.db')];
    writeFileSync(database, '');
    expect(
      await spy(
        [
          ['write', `${database}-journal`],
          ['write', crowded],
          ['write', `${crowded}-journal`],
        ],
        {
          writes: [join(home, 'work'), database, crowded],
        },
      ),
    ).toEqual(['ok', 'ok', 'EROFS']);
  });

  test('a hidden place that is named is read, and not changed', async () => {
    const key = put('.ssh', 'deploy');
    put('.ssh', 'id_ed25519');
    expect(
      await spy(
        [
          ['read', key],
          ['write', key],
          ['list', join(home, '.ssh')],
        ],
        { reads: [key] },
      ),
    ).toEqual(['.ssh/deploy', 'EROFS', 'deploy']);
  });

  test('with nothing to change, its working directory is only read', async () => {
    put('work', 'data');
    const attempts: [string, unknown][] = [
      ['read', join(home, 'work', 'data')],
      ['write', join(home, 'work', 'data')],
    ];
    expect(await spy(attempts, { writes: [] })).toEqual(['work/data', 'EROFS']);
  });

  test('sees no other process and has no descriptor of ours', async () => {
    expect(await spy([['others'], ['descriptors']])).toEqual([0, 0]);
  });

  test('reaches no socket of other programs: neither by a path, nor in a session’s folders, nor by an abstract name', async () => {
    const display = `\0/tmp/.X11-unix/X${90 + Math.floor(Math.random() * 10)}`;
    const bus = `\0/tmp/dbus-${randomUUID().slice(0, 10)}`;
    const [agent, session] = [join(home, 'agent.sock'), join(outside, 'ssh-agent')];
    await Promise.all([display, bus, agent, session].map(listen));
    expect(
      await spy([
        ['connect', display],
        ['connect', bus],
        ['connect', agent],
        ['connect', session],
      ]),
    ).toEqual(['EPERM', 'EPERM', 'ECONNREFUSED', 'ENOENT']);
  });

  test('reaches the network where it may, and nothing at all where not', async () => {
    const address = (await listen(0)).address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect(await spy([['connect', port]])).toEqual(['ok']);
    expect(await spy([['connect', port]], { network: false })).toEqual(['ECONNREFUSED']);
  });
});
