import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { PROJECT } from '../fixtures/home.ts';

test('a command whose output nobody reads on ends quietly, as after Ctrl-C', async () => {
  const program = join(PROJECT, 'main/shells/cli/bin.cjs');
  const child = spawn(process.execPath, [program, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(said).toBe('');
  expect(code).toBe(130);
});
