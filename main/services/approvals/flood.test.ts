import { describe, expect, it } from 'vitest';
import { ManualClock } from '../manualClock.ts';
import { call, openDesk } from './desk.fixture.ts';
import { FloodGuard } from './flood.ts';

function setting() {
  const clock = new ManualClock();
  return { clock, guard: new FloodGuard(clock) };
}
const throttled = /nobody is asked again/;

it('lets a session have eight asks open, and no ninth until a person answered', () => {
  const { clock, guard } = setting();
  for (let open = 0; open < 8; open += 1) guard.admit('a', open, open);
  expect(() => guard.admit('a', 8, 8)).toThrow(throttled);
  // One of them timed out: that is no answer.
  clock.pass(45_000);
  expect(() => guard.admit('a', 7, 7)).toThrow(throttled);
  guard.admit('b', 0, 0);
  guard.answered('a');
  guard.admit('a', 7, 7);
});

it('lets a session ask twenty times a minute, however fast they end', () => {
  const { clock, guard } = setting();
  for (let asked = 0; asked < 20; asked += 1) guard.admit('a', 0, 0);
  expect(() => guard.admit('a', 0, 0)).toThrow(throttled);
  clock.pass(60_000);
  guard.admit('a', 0, 0);
});

it('stays shut while something waits, however much time passes', () => {
  const { clock, guard } = setting();
  for (let open = 0; open < 8; open += 1) guard.admit('a', open, open);
  expect(() => guard.admit('a', 8, 8)).toThrow(throttled);
  clock.pass(600_000);
  guard.admit('b', 0, 0);
  expect(() => guard.admit('a', 8, 8)).toThrow(throttled);
});

it('counts all sessions together: sixty a minute, however many they are and however fast they end', () => {
  const { clock, guard } = setting();
  for (let asked = 0; asked < 60; asked += 1) guard.admit(`session ${asked}`, 0, 0);
  expect(() => guard.admit('another', 0, 0)).toThrow(throttled);
  clock.pass(60_000);
  guard.admit('another', 0, 0);
});

describe('a session that asks too much', () => {
  const other = { ...call, session: '0198c0de-0000-7000-8000-000000000002' };

  it('is not asked about any more; others are, and its own again after an answer', () => {
    const { desk: asks } = openDesk();
    const first = asks.ask(call, { deadlineMs: null });
    for (let open = 1; open < 8; open += 1) asks.ask(call, { deadlineMs: null });
    expect(() => asks.ask(call, { deadlineMs: null })).toThrow(/nobody is asked again/);
    asks.ask(other, { deadlineMs: null });
    asks.deny(first.view.id, null, 'window');
    asks.ask(call, { deadlineMs: null });
    expect(asks.list(true)).toHaveLength(9);
  });

  it('is denied as a whole, each ask on record, and no other session’s', async () => {
    const { desk: asks, rows } = openDesk();
    const own = [asks.ask(call, { deadlineMs: null }), asks.ask(call, { deadlineMs: null })];
    asks.ask(other, { deadlineMs: null });
    asks.ask({ kind: 'switch', server: 'files', on: true }, { deadlineMs: null });
    expect(asks.denyAll(call.session, 'stop that', 'window')).toBe(2);
    for (const { answer } of own) expect(await answer).toMatchObject({ approved: false, note: 'stop that' });
    expect(rows.drafts.filter(({ type, event }) => type === 'answered' && event === 'denied')).toHaveLength(2);
    expect(asks.list(true)).toHaveLength(2);
  });
});

it('rule 20: many sessions of one program do not ask more than a person can read', () => {
  const { desk: asks } = openDesk();
  const session = (n: number) => ({ ...call, session: `0198c0de-0000-7000-8000-${String(n).padStart(12, '0')}` });
  for (let n = 0; n < 24; n += 1) asks.ask(session(n), { deadlineMs: null });
  expect(() => asks.ask(session(24), { deadlineMs: null })).toThrow(/nobody is asked again/);
  // What the person wants themselves is asked all the same, and an answer lets calls ask again.
  asks.ask({ kind: 'switch', server: 'files', on: true }, { deadlineMs: null, by: { person: 'ada', via: 'window' } });
  const [oldest] = asks.list(true);
  asks.deny(oldest?.id ?? '', null, 'window');
  asks.ask(session(24), { deadlineMs: null });
});
