import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { Refused, refusal } from '../../contract/errors.ts';
import { onStage } from './stage.ts';

test('a refusal says what happened, the particular and what to do; exit 1', async () => {
  const { code, error } = await onStage({ fault: new Refused('DAEMON_ABSENT', 'nobody listens') }, 'list');
  expect(code).toBe(1);
  expect(error).toContain('Countersign is not running. [DAEMON_ABSENT]\n  nobody listens\n  Open the Countersign app');
});

test('a refusal that crossed the socket is the same refusal', async () => {
  const fault = new ORPCError('SERVER_UNKNOWN', { data: refusal('SERVER_UNKNOWN', 'nope') });
  const { code, out } = await onStage({ fault }, 'review', 'nope', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual({ refused: refusal('SERVER_UNKNOWN', 'nope') });
});

test('of what the daemon finds malformed the fault is named', async () => {
  const data = { issues: [{ path: ['name'], message: 'has 1 to 64 characters' }] };
  const fault = new ORPCError('BAD_REQUEST', { message: 'Input validation failed', data });
  const { error } = await onStage({ fault }, 'add', 'a/b', '--', 'node');
  expect(error).toContain('[INPUT_INVALID]\n  name: has 1 to 64 characters\n');
});

test('what the system says of a file that was named is no fault of ours', async () => {
  const api = { audit: { prove: async () => ({}) as never } };
  const { code, error } = await onStage({ api }, 'audit', 'prove', 'x', '--out', '/nowhere/at/all');
  expect(code).toBe(1);
  expect(error).toMatch(/\[INPUT_INVALID\]\n {2}ENOENT.*\/nowhere\/at\/all/);
});

test('a wrong command line is exit 2, help is exit 0', async () => {
  expect((await onStage({}, 'add')).code).toBe(2);
  expect((await onStage({}, 'nonsense')).code).toBe(2);
  expect((await onStage({}, 'list', '--nonsense')).code).toBe(2);
  expect((await onStage({}, '--help')).out).toContain('Exit codes: 0 done');
});

test('daemon and connect run their own bundles', async () => {
  expect((await onStage({}, 'daemon', '--port', '7')).ran).toEqual([['daemon', '--port', '7']]);
  expect((await onStage({}, 'daemon', '--new-passcode')).ran).toEqual([['daemon', '--new-passcode']]);
  for (const wrong of [['--prot', '7'], ['--port', 'x'], ['stats']]) {
    const { code, ran } = await onStage({}, 'daemon', ...wrong);
    expect([code, ran]).toEqual([2, []]);
  }
  expect((await onStage({}, 'connect', 'files')).ran).toEqual([['relay', 'files']]);
});
