import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { refusal } from '../../main/contract/errors.ts';
import { LinkEnded } from './reconnecting.ts';
import { refusalOf } from './refusal.ts';

test('a refusal comes through as it was sent', () => {
  const sent = refusal('CONSENT_CHANGED', 'args[2]');
  expect(refusalOf(new ORPCError(sent.code, { message: sent.message, data: sent }))).toEqual(sent);
});

test('of what was malformed the fault is named', () => {
  const data = { issues: [{ path: ['entry', 'cwd'], message: 'is no folder' }] };
  expect(refusalOf(new ORPCError('BAD_REQUEST', { message: 'Input validation failed', data }))).toEqual(
    refusal('INPUT_INVALID', 'entry.cwd: is no folder'),
  );
});

test('what was malformed, lost or unknown has its own words', () => {
  expect(refusalOf(new ORPCError('BAD_REQUEST', { message: 'name' })).code).toBe('INPUT_INVALID');
  expect(refusalOf(new DOMException('The operation was aborted', 'AbortError')).code).toBe('DAEMON_ABSENT');
  expect(refusalOf(new LinkEnded('over')).code).toBe('DAEMON_ABSENT');
  expect(refusalOf('?').code).toBe('INTERNAL');
});
