import { expect, test } from 'vitest';
import { recomposed, secretsIn, shownPieces, withReferences } from './pieces.ts';

const values = new Map([
  ['token', 'a"b\\c'],
  ['short', 'a'],
]);

test('a text comes back as it was, and holds no value meanwhile', () => {
  const text = '{"T": "a\\"b\\\\c", "U": \'a"b\\c\'}';
  const pieces = withReferences(text, new Map([['token', 'a"b\\c']]));
  expect(JSON.stringify(pieces)).not.toContain('b\\\\c');
  expect(secretsIn(pieces)).toEqual(['token']);
  expect(shownPieces(pieces)).toBe('{"T": "[secret token]", "U": \'[secret token]\'}');
  expect(recomposed(pieces, values)).toBe(text);
});

test('the longer of two values is looked for first', () => {
  expect(secretsIn(withReferences('a"b\\c', values))).toEqual(['token']);
});

test('in the place of a secret that is gone comes nothing; what was all in it does not come back', () => {
  const gone = { secret: 'gone', as: 'itself' } as const;
  expect(recomposed(['{"T": "', gone, '"}'], values)).toBe('{"T": ""}');
  expect(recomposed([gone], values)).toBeNull();
});
