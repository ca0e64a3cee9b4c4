import { expect, test } from 'vitest';
import type { AskView } from '../../main/contract/ask.ts';
import { lackingProof, proofFor } from './proof.ts';
import type { Given } from './readiness.ts';

const nothing: Given = { opened: new Set(), passcode: '', passcodeAgain: '', value: '', again: '' };
const ask = (needed: boolean) => ({ subject: { kind: 'call' }, because: needed ? 'It writes.' : null }) as AskView;

test('a click is enough where the daemon says so, and never in a browser', () => {
  expect(proofFor(ask(false), { passcode: 'set', system: null }, 'window')).toEqual({ kind: 'none' });
  expect(proofFor(ask(false), { passcode: 'set', system: null }, 'browser')).toMatchObject({ kind: 'passcode' });
});

test('the first passcode is chosen with the answer, unless the system can tell that it is the person', () => {
  expect(proofFor(ask(true), { passcode: 'missing', system: null }, 'window')).toEqual({ kind: 'first' });
  const proof = proofFor(ask(true), { passcode: 'missing', system: 'touch-id' }, 'window');
  expect(proof).toEqual({ kind: 'passcode', system: 'touch-id' });
  expect(lackingProof(proof, nothing)).toBeUndefined();
});

test('a passcode is typed, or chosen well and twice', () => {
  expect(lackingProof({ kind: 'passcode', system: null }, nothing)).toBe('Type your passcode.');
  expect(lackingProof({ kind: 'passcode', system: null }, { ...nothing, passcode: 'x' })).toBeUndefined();
  const chosen = { ...nothing, passcode: 'correct horse', passcodeAgain: 'correct hors' };
  expect(lackingProof({ kind: 'first' }, chosen)).toBe('The two are not the same.');
  expect(lackingProof({ kind: 'first' }, { ...chosen, passcodeAgain: 'correct horse' })).toBeUndefined();
});
