import { expect, test } from 'vitest';
import { SUBJECTS } from '../link/memory/asks.ts';
import { cutArguments, type Given, missing, needsPasscode } from './readiness.ts';

const nothing: Given = { opened: new Set(), passcode: '', value: '', again: '' };

test('a call with everything in sight needs nothing more', () => {
  expect(missing(SUBJECTS.write, false, nothing)).toBeUndefined();
});

test('what is cut must be opened first', () => {
  expect(cutArguments(SUBJECTS.hostile)).toEqual(['/script']);
  expect(missing(SUBJECTS.hostile, false, nothing)).toMatch(/^Open/);
  expect(missing(SUBJECTS.hostile, false, { ...nothing, opened: new Set(['/script']) })).toBeUndefined();
});

test('a browser always needs the passcode, the window when the daemon says so', () => {
  expect(needsPasscode(SUBJECTS.write, false, 'browser')).toBe(true);
  expect(needsPasscode(SUBJECTS.write, false, 'window')).toBe(false);
  expect(needsPasscode(SUBJECTS.write, true, 'window')).toBe(true);
  expect(missing(SUBJECTS.write, true, nothing)).toBe('Type your passcode.');
});

test('a secret needs its value, a passcode two that agree', () => {
  expect(missing(SUBJECTS.secret, false, nothing)).toBe('Type the secret’s value.');
  expect(missing(SUBJECTS.secret, false, { ...nothing, value: 'x' })).toBeUndefined();
  expect(missing(SUBJECTS.passcode, false, { ...nothing, value: 'seven77', again: 'seven77' })).toMatch(/eight/);
  expect(missing(SUBJECTS.passcode, false, { ...nothing, value: 'correct horse', again: 'correct hors' })).toMatch(
    /not the same/,
  );
  expect(
    missing(SUBJECTS.passcode, false, { ...nothing, value: 'correct horse', again: 'correct horse' }),
  ).toBeUndefined();
});
