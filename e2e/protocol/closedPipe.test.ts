import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { PROJECT } from '../fixtures/home.ts';

const program = join(PROJECT, 'main/shells/cli/bin.cjs');

test('a person who asks what connect is gets no server of that name', async () => {
  const child = spawn(process.execPath, [program, 'connect', '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect(said).toContain('Usage: countersign connect');
  expect(code).toBe(0);
});

test('a command whose output nobody reads on ends quietly, as after Ctrl-C', async () => {
  const child = spawn(process.execPath, [program, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(said).toBe('');
  expect(code).toBe(130);
});
