import { expect, test } from 'vitest';
import type { AskSubject, CallSubject } from '../../contract/ask.ts';
import type { ToolClass } from '../../contract/tool.ts';
import { proofNeeded } from './proofNeeded.ts';

const call = (toolClass: ToolClass) => ({ kind: 'call', class: toolClass }) as CallSubject;
const consent = { kind: 'consent' } as AskSubject;
const DEFAULT = { strictness: 'external', screen: null } as const;

test('by default the highest class needs it, and nothing below', () => {
  const classes = ['read', 'read-sensitive', 'write', 'external'] as const;
  expect(classes.map((one) => proofNeeded(call(one), DEFAULT) !== null)).toEqual([false, false, false, true]);
  expect(proofNeeded(consent, DEFAULT)).toBeNull();
});

test('where something can drive the screen, everything above reading needs it, and the reason names it', () => {
  const now = { ...DEFAULT, screen: 'the server desk (its tool left_click)' };
  expect(proofNeeded(call('read'), now)).toBeNull();
  for (const subject of [call('read-sensitive'), call('write'), consent])
    expect(proofNeeded(subject, now)).toContain('The server desk (its tool left_click) can drive the screen');
});

test('a person may want it for more, never for less', () => {
  expect(proofNeeded(call('write'), { ...DEFAULT, strictness: 'write' })).not.toBeNull();
  expect(proofNeeded(call('read-sensitive'), { ...DEFAULT, strictness: 'write' })).toBeNull();
  expect(proofNeeded(consent, { ...DEFAULT, strictness: 'all' })).not.toBeNull();
  expect(proofNeeded(call('read'), { ...DEFAULT, strictness: 'all' })).toBeNull();
});

test.each([
  [{ kind: 'policy' }, true],
  [{ kind: 'approver' }, true],
  [{ kind: 'countersign' }, true],
  [{ kind: 'proof' }, true],
  [{ kind: 'passcode', replaces: true }, true],
  [{ kind: 'passcode', replaces: false }, false],
  [{ kind: 'pin', tools: [{ was: 'external', class: 'read' }] }, true],
  [
    {
      kind: 'pin',
      tools: [
        { was: 'external', class: 'external' },
        { was: null, class: 'read' },
      ],
    },
    false,
  ],
])('%j: %s', (subject, needed) => {
  expect(proofNeeded(subject as AskSubject, DEFAULT) !== null).toBe(needed);
});
