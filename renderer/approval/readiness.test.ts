import { expect, test } from 'vitest';
import type { AskSubject, CallSubject } from '../../main/contract/ask.ts';
import { SUBJECTS } from '../link/memory/asks.ts';
import { cutParts, type Given, missing as missingOf, shownInChange } from './readiness.ts';

const missing = (subject: AskSubject, given: Given) => missingOf(subject, given, cutParts(subject));

const nothing: Given = { opened: new Set(), passcode: '', passcodeAgain: '', value: '', again: '' };

test('a call with everything in sight needs nothing more', () => {
  expect(missing(SUBJECTS.write, nothing)).toBeUndefined();
});

test('what is cut must be opened first', () => {
  expect(cutParts(SUBJECTS.hostile)).toEqual(['/script']);
  expect(missing(SUBJECTS.hostile, nothing)).toMatch(/^Open/);
  expect(missing(SUBJECTS.hostile, { ...nothing, opened: new Set(['/script']) })).toBeUndefined();
});

test('a secret needs its value, a passcode two that agree', () => {
  expect(missing(SUBJECTS.secret, nothing)).toBe('Type the secret’s value.');
  expect(missing(SUBJECTS.secret, { ...nothing, value: 'x' })).toBeUndefined();
  expect(missing(SUBJECTS.passcode, { ...nothing, value: 'seven77', again: 'seven77' })).toMatch(/eight/);
  expect(missing(SUBJECTS.passcode, { ...nothing, value: 'correct horse', again: 'correct hors' })).toMatch(
    /not the same/,
  );
  expect(missing(SUBJECTS.passcode, { ...nothing, value: 'correct horse', again: 'correct horse' })).toBeUndefined();
});

test('a change that is in sight whole stands for the argument it was drawn from; a long one has to be opened', () => {
  const text = (content: string) => ({ kind: 'text', text: content, bytes: content.length, version: '1' }) as const;
  const written = (content: string): CallSubject => ({
    ...SUBJECTS.write,
    arguments: [{ pointer: '/content', json: JSON.stringify(content) }],
    changes: [
      { act: 'write', path: '/a', before: { kind: 'absent' }, after: text(content), lines: null, content: '/content' },
    ],
  });
  const short = written('a\n'.repeat(50));
  expect(shownInChange(short)).toBe('/content');
  expect(missing(short, nothing)).toBeUndefined();
  const long = written('a\n'.repeat(500));
  expect(cutParts(long)).toEqual(['change 0']);
  expect(missing(long, { ...nothing, opened: new Set(['change 0']) })).toBeUndefined();
  const binary: CallSubject = { ...long, changes: [{ ...long.changes?.[0], before: { kind: 'folder' } } as never] };
  expect(shownInChange(binary)).toBeUndefined();
  expect(cutParts(binary)).toEqual(['/content']);
});
