import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { processesOf } from '../fixtures/census.ts';
import { openControl } from '../fixtures/control.ts';
import { agreeToLaunch, ownEnvironment, startDaemon } from '../fixtures/daemon.ts';
import { makeHome, PROJECT } from '../fixtures/home.ts';
import { listeningPorts } from './inspector.ts';
import { outcomeOf, Stage } from './stage.ts';

const BIN = join(PROJECT, 'main/shells/cli/bin.cjs');

/** A Node that was not told otherwise opens its inspector on SIGUSR1: when it has, the others have had their time. */
async function untilAnInspectorOpens(): Promise<void> {
  const child = spawn(process.execPath, ['--inspect-port=0', '-e', 'console.log(1); setInterval(() => {}, 60_000)'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGUSR1');
  while (listeningPorts(child.pid as number).length === 0) await pause(10);
  child.kill('SIGKILL');
  await once(child, 'exit');
}

function started(args: readonly string[], env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [BIN, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  onTestFinished(() => {
    if (child.exitCode === null) process.kill(-(child.pid as number), 'SIGKILL');
  });
  return child;
}

test('SIGUSR1 opens no debugger in daemon, watchdog, relay or command line, and ends none of them', async () => {
  const home = makeHome();
  await using daemon = await startDaemon(home, { withoutBubblewrap: true });
  onTestFinished(home.remove);
  const entry = {
    command: process.execPath,
    args: [join(PROJECT, 'e2e/servers/recording.ts'), join(home.folder, 'log')],
  };
  await daemon.app.servers.add({ name: 'recorder', entry });
  await agreeToLaunch(daemon, 'recorder');
  await daemon.app.servers.add({ name: 'fresh', entry });

  const relay = started(['connect', 'recorder'], ownEnvironment(home));
  relay.stdin.write(
    '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"a","version":"1"}}}\n',
  );
  await once(relay.stdout, 'data');
  const waiting = started(['consent', 'fresh'], ownEnvironment(home));
  await once(waiting.stderr, 'data');

  const ours = processesOf(home).filter(({ command }) => !command.includes('recording.ts'));
  const kinds = ['daemon.mjs', 'watchdogMain.mjs', 'bin.cjs connect', 'bin.cjs consent', 'cli.mjs consent'];
  for (const kind of kinds) expect(ours.map(({ command }) => command).join('\n')).toContain(kind);
  for (const { pid } of ours) process.kill(pid, 'SIGUSR1');
  await untilAnInspectorOpens();
  expect(ours.filter(({ pid }) => listeningPorts(pid).length > 0)).toEqual([]);
  const alive = new Set(processesOf(home).map(({ pid }) => pid));
  expect(ours.filter(({ pid }) => !alive.has(pid))).toEqual([]);
});

/** A module that writes down which program it was loaded into. */
function planted(folder: string): { options: string; programs: () => string[] } {
  const [module, marker] = [join(folder, 'planted.cjs'), join(folder, 'planted.txt')];
  writeFileSync(module, `require('fs').appendFileSync(${JSON.stringify(marker)}, process.argv[1] + '\\n');`);
  return {
    options: `--require=${module} --inspect=127.0.0.1:0`,
    programs: () => (existsSync(marker) ? readFileSync(marker, 'utf8').trim().split('\n') : []),
  };
}

test('NODE_OPTIONS in a client’s environment reaches the launcher alone: what holds the session is a clean process', async () => {
  await using stage = await Stage.open();
  const { options, programs } = planted(stage.home.folder);
  const connection = stage.connect('recorder', { NODE_OPTIONS: options });
  await connection.initialize();
  expect(outcomeOf(await connection.call('look', { n: 'through' }))).toBe('through');
  expect(new Set(programs())).toEqual(new Set([BIN]));
  const relay = processesOf(stage.home).find(({ command }) => command.includes('relay.cjs'));
  expect(relay && listeningPorts(relay.pid)).toEqual([]);
  // Neither the server nor the daemon has heard of it.
  const told = processesOf(stage.home).filter(
    ({ pid, command }) => !command.includes(BIN) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes('planted'),
  );
  expect(told).toEqual([]);
  await connection.close();
});

test('NODE_OPTIONS at the start of the daemon from the command line does not reach it', async () => {
  const home = makeHome();
  onTestFinished(home.remove);
  const { options, programs } = planted(home.folder);
  const child = started(['daemon'], { ...ownEnvironment(home), NODE_OPTIONS: options });
  await once(child.stdout, 'data');
  const daemon = processesOf(home).find(({ command }) => command.includes('daemon.mjs'));
  expect(daemon && readFileSync(`/proc/${daemon.pid}/environ`, 'utf8')).not.toContain('planted');
  expect(programs().filter((program) => program !== BIN)).toEqual([]);
  await expect(openControl(home)).rejects.toThrow();
});
