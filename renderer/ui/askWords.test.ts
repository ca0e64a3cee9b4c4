import { expect, test } from 'vitest';
import { SUBJECTS } from '../link/memory/asks.ts';
import { allowWords, askSentence } from './askWords.ts';

test('a call is said in the daemon’s own sentence and allowed once', () => {
  expect(askSentence(SUBJECTS.write)).toBe(SUBJECTS.write.effect);
  expect(allowWords({ subject: SUBJECTS.write, via: null })).toBe('Allow once');
});

test('accepting tools says how many will run unasked', () => {
  expect(askSentence(SUBJECTS.pin)).toBe('Accept 6 tools and the instructions of files; 3 will run without asking');
});

test('a changed launch says so', () => {
  expect(askSentence(SUBJECTS.consent)).toBe('Let github run with 3 changes');
  expect(askSentence({ ...SUBJECTS.consent, differences: [] })).toBe('Let github run on this machine');
});
