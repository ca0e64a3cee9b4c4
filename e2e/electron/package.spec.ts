/** The packaged app, as it is installed: driven by nothing but the display, and closed to everything else. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import { PROJECT } from '../fixtures/home.ts';
import { visibleWindow } from '../fixtures/visibleWindow.ts';

const folder = join(PROJECT, '.artifacts', 'packages', 'linux-unpacked');
const executable = join(folder, 'countersign');

test.skip(!existsSync(executable), 'no package was built: run "npm run package"');

const ended = async (child: ChildProcess) => (await once(child, 'exit'))[0] as number | null;

test('its fuses are set', async () => {
  const wire = await getCurrentFuseWire(executable);
  const states = {
    runAsNode: wire[FuseV1Options.RunAsNode],
    nodeOptions: wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
    inspect: wire[FuseV1Options.EnableNodeCliInspectArguments],
    fileProtocol: wire[FuseV1Options.GrantFileProtocolExtraPrivileges],
    onlyArchive: wire[FuseV1Options.OnlyLoadAppFromAsar],
    integrity: wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
  };
  expect(states).toEqual({
    runAsNode: FuseState.DISABLE,
    nodeOptions: FuseState.DISABLE,
    inspect: FuseState.DISABLE,
    fileProtocol: FuseState.DISABLE,
    onlyArchive: FuseState.ENABLE,
    integrity: FuseState.ENABLE,
  });
});

for (const given of ['--remote-debugging-port=0', '--inspect=0', '--inspect-brk=0', '--no-sandbox']) {
  test(`it does not start with ${given}, and opens no debugger`, async () => {
    const child = spawn(executable, [given], { stdio: ['ignore', 'ignore', 'pipe'], timeout: 10_000 });
    const [said, code] = await Promise.all([text(child.stderr), ended(child)]);
    expect(code).toBe(78);
    expect(said).not.toContain('Debugger listening');
    expect(said).not.toContain('DevTools listening');
  });
}

test('its daemon takes the app’s pipes from the app alone', async () => {
  const outside = join(folder, 'resources', 'countersign');
  const node = join(outside, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
  const stdio = ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] as const;
  const child = spawn(node, [join(outside, 'dist', 'daemon.mjs'), '--app'], { stdio: [...stdio], timeout: 10_000 });
  const [said, code] = await Promise.all([text(child.stderr as NodeJS.ReadableStream), ended(child)]);
  expect(code).toBe(1);
  expect(said).toContain('Only the Countersign app itself');
});

test('it opens its window, serves its own folder and ignores development switches', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'ignored-'));
  const env = { ...process.env, COUNTERSIGN_HOME: elsewhere, NODE_OPTIONS: '--inspect=0', ELECTRON_RUN_AS_NODE: '1' };
  const child = spawn(executable, ['-e', 'console.log("ran as Node")'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  try {
    await visibleWindow('^Countersign$');
    const state = join(process.env.XDG_STATE_HOME as string, 'countersign');
    await expect.poll(() => existsSync(join(state, 'connect.json')), { timeout: 20_000 }).toBe(true);
    expect(existsSync(join(elsewhere, 'state'))).toBe(false);
    const daemon = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ');
    const commands = daemon.map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    expect(commands.some((command) => command.startsWith(folder) && command.includes('daemon.mjs'))).toBe(true);
    execFileSync('import', ['-window', 'root', test.info().outputPath('packaged.png')]);
  } finally {
    child.kill('SIGTERM');
    const [code, [out, errors]] = await Promise.all([ended(child), said]);
    rmSync(elsewhere, { recursive: true });
    expect(code).toBe(0);
    expect(`${out}${errors}`).not.toMatch(/ran as Node|Debugger listening/);
  }
});
