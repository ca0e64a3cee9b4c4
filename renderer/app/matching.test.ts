import { expect, test } from 'vitest';
import { matching } from './matching.ts';

const items = ['Settings', 'Secrets', 'Servers', 'Asks'].map((label) => ({ label }));
const found = (words: string) => matching(items, words).map(({ label }) => label);

test('letters in order are enough, beginnings come first', () => {
  expect(found('se')).toEqual(['Settings', 'Secrets', 'Servers']);
  expect(found('srv')).toEqual(['Servers']);
  expect(found('ks')).toEqual(['Asks']);
  expect(found('zz')).toEqual([]);
  expect(found(' ')).toHaveLength(4);
});
