import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SpawnPlan } from '../../services/supervisor/ports.ts';

import { eventually, running } from './fixtures/running.ts';
import { namespaceHold } from './namespace.ts';
import { type OpenProcesses, openProcesses } from './processes.ts';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const watchdog = { program: process.execPath, args: [here('watchdogMain.ts')] };
const linux = process.platform === 'linux';
const hasNamespace = linux && (await namespaceHold()) !== null;

let stateFolder: string;
let token: string;
let processes: OpenProcesses;

beforeEach(() => {
  stateFolder = mkdtempSync(join(tmpdir(), 'countersign-processes-'));
  token = `token-${randomUUID()}`;
});
afterEach(async () => {
  await processes.close();
  expect(running(token)).toEqual([]);
  rmSync(stateFolder, { recursive: true });
});

function plan(file: string, ...args: string[]): SpawnPlan {
  return {
    server: 'fixture',
    program: process.execPath,
    args: [here(`fixtures/${file}`), ...args, token],
    cwd: stateFolder,
    env: { PATH: process.env.PATH ?? '', GREETING: 'hello' },
    confinement: null,
  };
}

async function startReady(...program: [string, ...string[]]) {
  const tree = await processes.spawn(plan(...program), randomUUID());
  const output: string[] = [];
  await new Promise<void>((resolve) =>
    tree.onOutput((chunk) => {
      output.push(new TextDecoder().decode(chunk));
      if (output.join('').includes('ready\n')) resolve();
    }),
  );
  return { tree, output };
}

const holds = [
  { hold: 'namespace', options: {}, possible: hasNamespace },
  { hold: 'tracked', options: { hold: 'tracked' as const }, possible: linux },
];
for (const { hold, options, possible } of holds) {
  describe.runIf(possible)(`held by ${hold}`, () => {
    beforeEach(async () => {
      processes = await openProcesses({ stateFolder, watchdog, ...options });
    });

    test('an honest server ends when its stdin is closed', async () => {
      const { tree, output } = await startReady('honest.mjs');
      tree.write(new TextEncoder().encode('ping\n'));
      await eventually(() => output.join('') === 'ready\nping\n');
      expect(await tree.stop()).toEqual({ code: 0, signal: null, survivors: 0 });
    });

    test.each<[string, [string, ...string[]]]>([
      ['ignores SIGTERM', ['stubborn.mjs']],
      ['detaches twice', ['detacher.mjs', 'keep']],
      ['detaches twice and cleans its environment', ['detacher.mjs', 'clean']],
    ])('nothing of a server that %s is left two seconds after the stop', async (_, program) => {
      const { tree } = await startReady(...program);
      if (hold === 'tracked') await eventually(() => running(token).length > 0);
      expect(running(token).length).toBeGreaterThan(0);
      const before = performance.now();
      const end = await tree.stop();
      expect(performance.now() - before).toBeLessThan(2000);
      expect(end.survivors).toBe(0);
      expect(running(token)).toEqual([]);
    });

    test('what a server leaves behind when it ends on its own ends with it', async () => {
      const { tree } = await startReady('detacher.mjs', 'keep');
      process.kill(serverPid(), 'SIGKILL');
      await tree.ended;
      expect(running(token)).toEqual([]);
    });

    test('a crash is told with its code, after all of its output', async () => {
      const tree = await processes.spawn(plan('crasher.mjs'), randomUUID());
      tree.onOutput(() => {});
      expect(await tree.ended).toMatchObject({ code: 3 });
      const errors: string[] = [];
      tree.onErrorOutput((chunk) => errors.push(new TextDecoder().decode(chunk)));
      expect(errors.join('')).toBe('cannot open the thing\n');
    });

    test('a child has the planned environment, its own folder, and descriptors 0 to 2', async () => {
      const tree = await processes.spawn(plan('environment.mjs', '--flag', 'two words'), randomUUID());
      const output: string[] = [];
      tree.onOutput((chunk) => output.push(new TextDecoder().decode(chunk)));
      await tree.ended;
      const seen = JSON.parse(output.join(''));
      expect(
        Object.keys(seen.env)
          .filter((name) => name !== 'PWD')
          .toSorted(),
      ).toEqual(['COUNTERSIGN_INSTANCE', 'GREETING', 'PATH']);
      expect(seen.args).toEqual(['--flag', 'two words', token]);
      expect(seen.descriptors).toEqual(['0', '1', '2']);
      expect(seen.cwd).toBe(stateFolder);
    });

    test('a flood on stderr holds nobody up', async () => {
      const tree = await processes.spawn(plan('flooder.mjs', '50000'), randomUUID());
      const errors: string[] = [];
      tree.onErrorOutput((chunk) => errors.push(new TextDecoder().decode(chunk)));
      await new Promise((resolve) => tree.onOutput(resolve));
      await eventually(() => errors.join('').endsWith('line 50000 of the flood\n'));
      await tree.stop();
    });

    test('a reader that pauses holds the writer back, and loses nothing', async () => {
      const { tree, output } = await startReady('honest.mjs');
      output.length = 0;
      tree.pause();
      const block = new Uint8Array(1 << 20).fill(0x61);
      let blocks = 0;
      while (tree.write(block)) blocks++;
      blocks++;
      const drained = new Promise<void>((resolve) => tree.onDrain(resolve));
      tree.resume();
      await drained;
      await eventually(() => output.reduce((sum, text) => sum + text.length, 0) === blocks * block.length);
      await tree.stop();
    });

    test('an owner that holds output back gets the rest after the exit', async () => {
      const tree = await processes.spawn(plan('crasher.mjs'), randomUUID());
      const output: string[] = [];
      tree.onOutput((chunk) => {
        output.push(new TextDecoder().decode(chunk));
        tree.pause();
        setImmediate(() => tree.resume());
      });
      await tree.ended;
      expect(output.join('')).toMatch(/^half an answer, and the other half\n(x{65536}\n){3}$/);
    });

    test('SIGKILL of the master leaves nothing behind', async () => {
      const master = await startMaster(hold);
      expect(running(token).length).toBeGreaterThanOrEqual(6);
      const before = performance.now();
      master.kill('SIGKILL');
      await eventually(() => running(token).length === 0, 2000);
      expect(performance.now() - before).toBeLessThan(2000);
    });

    test('a program that is not there is refused, and so is a folder', async () => {
      const missing = { ...plan('honest.mjs'), program: join(stateFolder, 'nothing') };
      await expect(processes.spawn(missing, randomUUID())).rejects.toMatchObject({ refusal: { code: 'SPAWN_FAILED' } });
      const nowhere = { ...plan('honest.mjs'), cwd: join(stateFolder, 'nowhere') };
      await expect(processes.spawn(nowhere, randomUUID())).rejects.toMatchObject({ refusal: { code: 'SPAWN_FAILED' } });
    });
  });
}

describe.runIf(linux)('a later run', () => {
  test('kills what carries a mark of its folder, and nothing of another folder', async () => {
    const other = mkdtempSync(join(tmpdir(), 'countersign-other-'));
    const neighbour = await openProcesses({ stateFolder: other, watchdog, hold: 'tracked' });
    const alive = await neighbour.spawn(plan('stubborn.mjs'), randomUUID());
    const orphan = await openProcesses({ stateFolder, watchdog, hold: 'tracked' });
    await orphan.spawn(plan('stubborn.mjs'), randomUUID());
    await eventually(() => running(token).length === 2);

    processes = await openProcesses({ stateFolder, watchdog });
    expect(processes.swept).toBe(1);
    expect(running(token)).toEqual([alive.pid]);

    await alive.stop();
    await neighbour.close();
    await orphan.close();
    rmSync(other, { recursive: true });
  });
});

/** The server itself: the first of the processes with the token that is no wrapper. */
function serverPid(): number {
  const [pid] = running(token).filter((candidate) => commandOf(candidate).startsWith(process.execPath));
  if (pid === undefined) throw new Error('the server does not run');
  return pid;
}

function commandOf(pid: number): string {
  const [program = ''] = readCommand(pid);
  return program;
}

async function startMaster(hold: string): Promise<ChildProcess> {
  const args = [here('fixtures/master.ts'), stateFolder, hold, token];
  const master = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(master.stdout, 'data');
  return master;
}

function readCommand(pid: number): string[] {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
}
