import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { NODE_ARGS } from './nodeArgs.ts';

test('Node takes them, and keeps what was made last in 16 MB', () => {
  const program = `
    const kept = [];
    for (let made = 0; made < 2_000_000; made += 1) kept[made % 50_000] = { made };
    const space = require('node:v8').getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    process.stdout.write(String(space.space_size));
  `;
  const { stdout, status } = spawnSync(process.execPath, [...NODE_ARGS, '-e', program], { encoding: 'utf8' });
  expect(status).toBe(0);
  expect(Number(stdout)).toBeLessThanOrEqual(17 * 1024 * 1024);
});
