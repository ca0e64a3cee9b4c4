import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const CODE = `
  import { execFileSync } from 'node:child_process';
  import { leaveMemoryOutOfDumps } from ${JSON.stringify(new URL('noDumps.ts', import.meta.url).href)};
  leaveMemoryOutOfDumps();
  process.stdout.write(execFileSync('cat', ['/proc/self/coredump_filter']));`;

test.runIf(process.platform === 'linux')('no memory of a process, nor of what it starts, is dumped', () => {
  const inherited = execFileSync(process.execPath, ['--input-type=module', '-e', CODE], { encoding: 'utf8' });
  expect(Number.parseInt(inherited, 16)).toBe(0);
  // Without it memory is dumped, as it is of this process.
  expect(Number.parseInt(readFileSync('/proc/self/coredump_filter', 'utf8'), 16)).not.toBe(0);
});
