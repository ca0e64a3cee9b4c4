import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { offeredToApproval } from './offered.ts';

test('the approval window is offered every operation that its page calls', () => {
  const pages = join(import.meta.dirname, '..', '..', '..', 'renderer', 'approval');
  const code = globSync('**/*.{ts,tsx}', { cwd: pages }).map((file) => readFileSync(join(pages, file), 'utf8'));
  const calls = code.flatMap((text) =>
    [...text.matchAll(/\b(?:door|client)\.([a-z]+\.[a-zA-Z]+)\(/g)].map(([, path]) => path),
  );
  expect(calls.length).toBeGreaterThan(5);
  expect(calls.filter((path) => !offeredToApproval(path as string, 'reading'))).toEqual([]);
});
