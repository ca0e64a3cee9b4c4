import { expect, test } from 'vitest';
import { z } from 'zod';
import { firstFault } from './fault.ts';
import { name } from './names.ts';

const schema = z.object({ args: z.array(z.string()), named: z.record(name, z.int()) });
const faultOf = (value: unknown) => firstFault(schema.safeParse(value).error);

test('the first fault is named by its path', () => {
  expect(faultOf({ args: ['a', 1], named: 7 })).toMatchObject({
    path: ['args', 1],
    text: expect.stringMatching(/^args\.1: .*string/),
  });
});

test('of a key that is none it says what a key is', () => {
  expect(faultOf({ args: [], named: { 'a b': 1 } })?.text).toMatch(/^named\.a b: .*1 to 64 of the characters/);
});

test('a fault of the value itself has no path, and what is no such error has no fault', () => {
  expect(faultOf(7)).toMatchObject({ path: [], text: expect.not.stringMatching(/^:/) });
  expect(firstFault(new Error('other'))).toBeNull();
  expect(firstFault({ issues: [] })).toBeNull();
});
