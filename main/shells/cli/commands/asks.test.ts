import { expect, test } from 'vitest';
import type { AskView } from '../../../contract/ask.ts';
import { Refused } from '../../../contract/errors.ts';
import { CHALLENGE, callAsk, ID, status } from '../samples.fixture.ts';
import { onStage } from '../stage.ts';

const asks = (view: AskView, more: object = {}) => ({
  get: async () => view,
  shown: async () => ({}),
  challenge: async () => CHALLENGE,
  ...more,
});

test('approve needs a terminal, whatever is piped in', async () => {
  const { code, error } = await onStage(
    { api: { ...status('headless'), asks: asks(callAsk('"x"')) }, piped: 'open sesame\n' },
    'approve',
    ID,
  );
  expect(code).toBe(1);
  expect(error).toContain('NOT_A_TERMINAL');
});

test('approve is refused where a window approves, before a passcode is asked for', async () => {
  const { error, questions } = await onStage(
    { api: { ...status('app'), asks: asks(callAsk('"x"')) }, types: ['x'] },
    'approve',
    ID,
  );
  expect(error).toContain('NOT_APPROVER');
  expect(questions).toEqual([]);
});

test('what was cut is shown in full before it can be agreed to', async () => {
  const secret = `"${'a'.repeat(600)}rm -rf${'b'.repeat(600)}"`;
  const answer = async () => ({ ...callAsk(secret), state: 'approved' as const });
  const api = { ...status('headless'), asks: asks(callAsk(secret), { answer }) };
  const { code, screen, questions } = await onStage({ api, types: ['', 'open sesame'] }, 'approve', ID);
  expect(code).toBe(0);
  expect(questions[0]).toContain('Not everything is shown');
  expect(screen).toContain('characters not shown');
  expect(screen).toContain('rm -rf');
});

test('a wrong passcode is said, and asked for again', async () => {
  const answers = [new Refused('PASSCODE_WRONG', '4 more before it locks'), null];
  const answer = async () => {
    const wrong = answers.shift();
    if (wrong) throw wrong;
    return { ...callAsk('"x"'), state: 'approved' as const };
  };
  const api = { ...status('headless'), asks: asks(callAsk('"x"'), { answer }) };
  const { code, screen, questions } = await onStage({ api, types: ['open sesam', 'open sesame'] }, 'approve', ID);
  expect(code).toBe(0);
  expect(questions).toHaveLength(2);
  expect(screen).toContain('4 more before it locks');
});

test('a passcode that is locked is not asked for again', async () => {
  const answer = async () => {
    throw new Refused('PASSCODE_LOCKED', 'until later');
  };
  const api = { ...status('headless'), asks: asks(callAsk('"x"'), { answer }) };
  const { code, questions } = await onStage({ api, types: ['a', 'b'] }, 'approve', ID);
  expect([code, questions.length]).toEqual([1, 1]);
});

test('a call is shown effect first, the server’s words last', async () => {
  const answer = async () => ({ ...callAsk('"x"'), state: 'approved' as const });
  const { screen } = await onStage(
    { api: { ...status('headless'), asks: asks(callAsk('"x"'), { answer }) }, types: ['pw'] },
    'approve',
    ID,
  );
  expect(screen.trimStart().startsWith('Write 5 bytes to /srv/note.txt')).toBe(true);
  expect(screen.indexOf('the server says')).toBeGreaterThan(screen.indexOf('/content'));
});

test('an id may be given by its end, when that fits one open ask only', async () => {
  const list = async () => [callAsk('1'), { ...callAsk('1'), id: ID.replace('a', 'b') }];
  let denied: unknown;
  const deny = async (input: unknown) => {
    denied = input;
    return { ...callAsk('1'), state: 'denied' as const };
  };
  const api = { asks: { list, deny } };
  expect((await onStage({ api }, 'deny', '0a', '--note', 'no')).code).toBe(0);
  expect(denied).toEqual({ id: ID, note: 'no' });
  expect((await onStage({ api }, 'deny', '000')).error).toContain('ASK_GONE');
});

test('a call that was missed is asked about again, told by the end of its id; one that waits is not', async () => {
  const missed = { ...callAsk('1'), state: 'timed-out' as const };
  const waiting = { ...callAsk('1'), id: ID.replace(/a$/, 'b') };
  const raised = { ...callAsk('1'), id: ID.replace(/a$/, 'c'), via: 'control' as const };
  let asked: unknown;
  const again = async (input: unknown) => {
    asked = input;
    return { ask: raised.id };
  };
  const wait = async () => ({ ...raised, state: 'approved' as const });
  const api = { ...status('app'), asks: asks(raised, { list: async () => [missed, waiting], again, wait }) };
  expect((await onStage({ api }, 'asks', 'again', '0a')).code).toBe(0);
  expect(asked).toEqual({ id: ID });
  expect((await onStage({ api }, 'asks', 'again', '0b')).error).toContain('ASK_GONE');
});
