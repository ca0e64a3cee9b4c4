import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { onStage } from '../stage.ts';

test('a preset is written with its folders, and needs agreeing to; a word that is none is refused', async () => {
  const seen: unknown[] = [];
  const sandbox = async (input: unknown) => {
    seen.push(input);
    return {};
  };
  const run = (...args: string[]) => onStage({ api: { servers: { sandbox } } }, 'sandbox', ...args);
  expect((await run('notes', 'no-network')).out).toContain('countersign consent notes');
  await run('notes', 'standard', '--write', '/srv/a', 'b');
  expect(seen).toEqual([
    { server: 'notes', sandbox: 'no-network' },
    { server: 'notes', sandbox: { preset: 'standard', write: ['/srv/a', resolve('b')] } },
  ]);
  expect((await run('notes', 'tight')).error).toContain('no preset tight: standard, no-network, read-only, off');
});
