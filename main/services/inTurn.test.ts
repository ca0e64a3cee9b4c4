import { expect, test } from 'vitest';
import { inTurn } from './inTurn.ts';

test('tasks run one after the other, and one that fails holds none up', async () => {
  const run = inTurn();
  const seen: string[] = [];
  const task = (name: string) => async () => {
    seen.push(`${name} begins`);
    await Promise.resolve();
    seen.push(`${name} ends`);
    return name;
  };
  const failing = run(async () => {
    throw new Error('no');
  });
  expect(await Promise.allSettled([run(task('a')), failing, run(task('b'))])).toMatchObject([
    { value: 'a' },
    { reason: { message: 'no' } },
    { value: 'b' },
  ]);
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});
