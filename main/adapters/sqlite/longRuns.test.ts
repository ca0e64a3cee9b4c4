import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutLongRuns } from './longRuns.ts';

const run = (length: number) => 'aB3+/_-='.repeat(Math.ceil(length / 8)).slice(0, length);

test('of a long run its first 64 letters are left, wherever it lies', () => {
  const before = fc.string({ maxLength: 700 }).map((text) => `${text} `);
  fc.assert(
    fc.property(before, fc.integer({ min: 256, max: 2000 }), before, (head, length, tail) => {
      const left = withoutLongRuns(`${head}"${run(length)}" ${tail}`);
      expect(left).toBe(`${withoutLongRuns(head)}"${run(64)}" ${withoutLongRuns(tail)}`);
    }),
  );
});

test('texts, long paths and whatever is shorter stay as they are', () => {
  const paths = Array.from({ length: 90 }, (_, at) => `/srv/some/deep/folder-${at}/file.txt`).join('\n');
  for (const text of ['', run(255), `${run(255)} ${run(255)}`, 'words and more words '.repeat(60), paths])
    expect(withoutLongRuns(text)).toBe(text);
});
