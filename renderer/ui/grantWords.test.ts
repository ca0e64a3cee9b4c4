import { expect, test } from 'vitest';
import { SUBJECTS } from '../link/memory/asks.ts';
import { choiceAt, grantSentence } from './grantWords.ts';

const { offers } = SUBJECTS.write;
if (offers === undefined) throw new Error('the fixture offers grants');

test('once is no grant', () => {
  expect(choiceAt(offers, -1, 0)).toBeNull();
  expect(choiceAt(offers, 0, 9)).toBeNull();
});

test('a grant says how long and how far', () => {
  const choice = choiceAt(offers, 1, 1);
  expect(choice && grantSentence(choice)).toBe(
    'This call, and then this tool unasked for 15 minutes, with any path inside /home/mara/Projects/almanac.',
  );
});

test('what is chosen is what was offered, as it was', () => {
  expect(choiceAt(offers, 3, 0)).toEqual({ life: { kind: 'uses', uses: 5 }, reach: { kind: 'same' } });
});
