import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';

const PROGRAM = `
  import { readdirSync, readlinkSync } from 'node:fs';
  import { closeInherited } from '${join(import.meta.dirname, 'closeInherited.ts')}';
  closeInherited(4);
  const open = readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      return [[Number(name), readlinkSync('/proc/self/fd/' + name)]];
    } catch {
      return [];
    }
  });
  await new Promise((resolve) => setImmediate(resolve));
  console.log(JSON.stringify(open));
`;

test.runIf(process.platform === 'linux')('what was given stays open, and what was not is closed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'inherited-'));
  const file = openSync(join(folder, 'file'), 'w');
  onTestFinished(() => {
    closeSync(file);
    rmSync(folder, { recursive: true });
  });
  // A socket that is meant for it, and a socket and a file that are not; the last ones beyond a gap, where Node marks nothing.
  const stdio = ['ignore', 'pipe', 'inherit', 'pipe', 'pipe', ...Array(14).fill('ignore'), file, 'pipe'] as const;
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], { stdio: [...stdio] });
  const [said, [code]] = await Promise.all([text(child.stdout as NodeJS.ReadableStream), once(child, 'exit')]);
  expect(code).toBe(0);
  const open = new Map(JSON.parse(said) as [number, string][]);
  expect(open.get(3)).toMatch(/^socket:/);
  const foreign = [...open].filter(([descriptor, what]) => descriptor > 3 && /^(socket:|\/tmp)/.test(what));
  expect(foreign).toEqual([]);
});
