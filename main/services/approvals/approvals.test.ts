import { describe, expect, it } from 'vitest';
import type { CallSubject } from '../../contract/ask.ts';
import { Refused } from '../../contract/errors.ts';
import { call, DIGEST, openDesk, window, yes } from './desk.fixture.ts';
import type { Channel } from './ports.ts';

const by = { person: 'ada', via: 'window' } as const;
const offers: CallSubject['offers'] = { lives: [{ kind: 'session' }], reaches: [{ kind: 'same' }] };

describe('an ask', () => {
  it('about anything but a call says who wants it, and by which way', () => {
    const { desk: asks, rows } = openDesk();
    const by = { person: 'ada', via: 'control' } as const;
    asks.ask({ kind: 'switch', server: 'files', on: true }, { deadlineMs: null, by });
    expect(rows.drafts[0]).toMatchObject({ type: 'asked', event: 'switch', server: 'files', ...by });
  });

  it('is recorded before anyone sees it, and its answer with person, way and time taken', async () => {
    const { desk: asks, clock, rows } = openDesk();
    const { view, answer } = asks.ask(call, { deadlineMs: 45_000, call: 'c1' });
    expect(rows.drafts.map((one) => `${one.type} ${one.event}`)).toEqual(['asked call']);
    asks.shown(view.id);
    clock.pass(1_200);
    await asks.answer(yes(view), window);
    expect(await answer).toMatchObject({ approved: true, person: 'ada', via: 'window', tookMs: 1_200 });
    expect(rows.drafts[1]).toMatchObject({
      type: 'answered',
      event: 'approved',
      person: 'ada',
      via: 'window',
      durationMs: 1_200,
      call: 'c1',
    });
  });

  it('cannot be approved in its first half second, nor before it was seen', async () => {
    const { desk: asks, clock } = openDesk();
    const { view } = asks.ask(call, { deadlineMs: 45_000 });
    clock.pass(5_000);
    await expect(asks.answer(yes(view), window)).rejects.toMatchObject({ refusal: { code: 'ASK_TOO_EARLY' } });
    asks.shown(view.id);
    clock.pass(499);
    await expect(asks.answer(yes(view), window)).rejects.toMatchObject({ refusal: { code: 'ASK_TOO_EARLY' } });
    clock.pass(1);
    expect((await asks.answer(yes(view), window)).state).toBe('approved');
  });

  it('can be denied at once, with a note that the model receives', async () => {
    const { desk: asks } = openDesk();
    const { view, answer } = asks.ask(call, { deadlineMs: 45_000 });
    asks.deny(view.id, 'not on a Friday', 'window');
    expect(await answer).toMatchObject({ approved: false, state: 'denied', note: 'not on a Friday' });
  });

  it('is denied by time-out, by withdrawal, and when nobody can answer any more', async () => {
    const { desk: asks, clock } = openDesk();
    const late = asks.ask(call, { deadlineMs: 1_000 });
    clock.pass(1_000);
    expect((await late.answer).state).toBe('timed-out');
    const abort = new AbortController();
    const withdrawn = asks.ask(call, { deadlineMs: 1_000, signal: abort.signal });
    abort.abort();
    expect((await withdrawn.answer).state).toBe('withdrawn');
    const orphan = asks.ask(call, { deadlineMs: null });
    asks.withdrawAll();
    expect((await orphan.answer).state).toBe('withdrawn');
    expect(asks.list(true)).toEqual([]);
  });

  it('refuses an answer to something else: another hash, another policy, a second answer', async () => {
    const setting = openDesk();
    const { desk: asks, clock } = setting;
    const first = asks.ask(call, { deadlineMs: null });
    asks.shown(first.view.id);
    clock.pass(1_000);
    await expect(asks.answer({ ...yes(first.view), hash: DIGEST }, window)).rejects.toMatchObject({
      refusal: { code: 'ASK_CHANGED' },
    });
    await asks.answer(yes(first.view), window);
    await expect(asks.answer(yes(first.view), window)).rejects.toMatchObject({ refusal: { code: 'ASK_GONE' } });
    const second = asks.ask(call, { deadlineMs: null });
    asks.shown(second.view.id);
    clock.pass(1_000);
    setting.policy = 'two';
    await expect(asks.answer(yes(second.view), window)).rejects.toMatchObject({ refusal: { code: 'ASK_CHANGED' } });
  });

  it('is not approved by a channel whose proof fails, and stays open', async () => {
    const { desk: asks } = openDesk();
    const { view } = asks.ask(call, { deadlineMs: null });
    const liar: Channel = {
      via: 'terminal',
      prove: async () => {
        throw new Refused('PASSCODE_WRONG');
      },
    };
    await expect(asks.answer(yes(view), liar)).rejects.toMatchObject({ refusal: { code: 'PASSCODE_WRONG' } });
    expect(asks.get(view.id)?.state).toBe('open');
  });

  it('says that it takes a proof once it does, so that whoever shows it can ask for one', async () => {
    const setting = openDesk();
    const { desk: asks, clock } = setting;
    const { view } = asks.ask(call, { deadlineMs: null });
    asks.shown(view.id);
    clock.pass(500);
    setting.because = 'Something can drive the screen.';
    const told: string[] = [];
    asks.onChange((id) => told.push(id));
    const proving: Channel = {
      via: 'window',
      prove: async (_, { because }) => {
        if (because !== null) throw new Refused('PROOF_NEEDED');
        return null;
      },
    };
    await expect(asks.answer(yes(view), proving)).rejects.toMatchObject({ refusal: { code: 'PROOF_NEEDED' } });
    expect(told).toEqual([view.id]);
    expect(asks.get(view.id)).toMatchObject({ state: 'open', because: setting.because, hash: view.hash });
  });

  it('is not a yes when the yes cannot be recorded; a no counts all the same', async () => {
    const { desk: asks, clock, rows } = openDesk();
    const { view, answer } = asks.ask(call, { deadlineMs: null });
    asks.shown(view.id);
    clock.pass(1_000);
    rows.full = true;
    await expect(asks.answer(yes(view), window)).rejects.toMatchObject({ refusal: { code: 'AUDIT_UNAVAILABLE' } });
    expect(asks.get(view.id)?.state).toBe('open');
    asks.deny(view.id, null, 'window');
    expect((await answer).approved).toBe(false);
    expect(() => asks.ask(call, { deadlineMs: null })).toThrow(Refused);
  });

  it('that was missed lets one retry of exactly that call through when it is asked about again and allowed', async () => {
    const { desk: asks, clock, rows } = openDesk();
    const { view, answer } = asks.ask({ ...call, offers }, { deadlineMs: 1_000 });
    clock.pass(1_000);
    expect((await answer).state).toBe('timed-out');
    await expect(asks.answer(yes(view), window)).rejects.toMatchObject({ refusal: { code: 'ASK_GONE' } });
    const again = asks.again(view.id, by);
    expect(again).toMatchObject({ state: 'open', deadline: null, via: 'window', subject: call });
    expect(again.subject).not.toHaveProperty('offers');
    expect(rows.drafts.at(-1)).toMatchObject({ type: 'asked', event: 'call', ...by });
    // However often it is asked for, it is one question.
    expect(asks.again(view.id, by).id).toBe(again.id);
    expect(asks.late.take(call, 1)).toBeNull();
    asks.shown(again.id);
    clock.pass(500);
    await asks.answer(yes(again), window);
    expect(asks.late.take({ ...call, bytesDigest: `sha256:${'1'.repeat(64)}` }, 1)).toBeNull();
    expect(asks.late.take(call, 1)?.person).toBe('ada');
    expect(asks.late.take(call, 1)).toBeNull();
  });

  it('brings its effect about once, and ends withdrawn when the effect fails', async () => {
    const { desk: asks, clock } = openDesk();
    let ran = 0;
    const good = asks.ask(
      { kind: 'switch', server: 'files', on: true },
      { deadlineMs: null, effect: async () => void ran++ },
    );
    asks.shown(good.view.id);
    clock.pass(1_000);
    await Promise.allSettled([asks.answer(yes(good.view), window), asks.answer(yes(good.view), window)]);
    expect(ran).toBe(1);
    const bad = asks.ask(
      { kind: 'switch', server: 'files', on: true },
      {
        deadlineMs: null,
        effect: async () => {
          throw new Refused('ASK_CHANGED', 'the file moved');
        },
      },
    );
    asks.shown(bad.view.id);
    clock.pass(1_000);
    await expect(asks.answer(yes(bad.view), window)).rejects.toMatchObject({ refusal: { code: 'ASK_CHANGED' } });
    expect((await bad.answer).state).toBe('withdrawn');
  });

  it('ends withdrawn, too, when its effect meets a fault: nobody could ever answer it again', async () => {
    const { desk: asks, clock, rows } = openDesk();
    const effect = async () => {
      throw new Error('the bus is gone');
    };
    const { view, answer } = asks.ask({ kind: 'switch', server: 'files', on: true }, { deadlineMs: null, effect });
    asks.shown(view.id);
    clock.pass(1_000);
    await expect(asks.answer(yes(view), window)).rejects.toThrow('the bus is gone');
    expect(await answer).toMatchObject({ approved: false, state: 'withdrawn' });
    expect(asks.list(true)).toEqual([]);
    expect(rows.drafts.at(-1)).toMatchObject({ event: 'withdrawn', reason: expect.stringContaining('fault') });
  });
});

describe('what nobody could use an answer to is withdrawn, and says why', () => {
  const other = { ...call, session: '0198c0de-0000-7000-8000-000000000002' };

  it('when its session is over, and what was missed of it is not asked about again', async () => {
    const { desk: asks, clock } = openDesk();
    const missed = asks.ask(call, { deadlineMs: 1_000 });
    clock.pass(1_000);
    const [open, others] = [asks.ask(call, { deadlineMs: null }), asks.ask(other, { deadlineMs: null })];
    asks.sessionOver(call.session);
    expect(await open.answer).toMatchObject({ state: 'withdrawn', note: 'Its session is over.' });
    expect(asks.list(true).map(({ id }) => id)).toEqual([others.view.id]);
    expect(() => asks.again(missed.view.id, by)).toThrow(/no open ask/);
  });

  it('when another policy is in force', async () => {
    const setting = openDesk();
    const { desk: asks, rows } = setting;
    const { answer } = asks.ask(call, { deadlineMs: null });
    asks.policyChanged();
    expect(asks.list(true)).toHaveLength(1);
    setting.policy = 'two';
    const fresh = asks.ask(call, { deadlineMs: null });
    asks.policyChanged();
    expect(await answer).toMatchObject({ state: 'withdrawn', note: expect.stringContaining('Policy has changed') });
    expect(rows.drafts.at(-1)).toMatchObject({ event: 'withdrawn', reason: expect.stringContaining('Policy') });
    expect(asks.list(true).map(({ id }) => id)).toEqual([fresh.view.id]);
  });

  it('when another question about the same was answered with yes; the effect of each stays its own', async () => {
    const { desk: asks, clock } = openDesk();
    const given: string[] = [];
    const set = (name: string, value: string) => {
      const subject = { kind: 'secret' as const, name, value: 'given' as const, replaces: false, usedBy: [] };
      return asks.ask(subject, { deadlineMs: null, effect: async () => void given.push(value) });
    };
    const [first, second, elsewhere] = [set('TOKEN', 'one'), set('TOKEN', 'two'), set('OTHER', 'three')];
    expect(first.view.id).not.toBe(second.view.id);
    asks.shown(second.view.id);
    clock.pass(500);
    await asks.answer(yes(second.view), window);
    expect(given).toEqual(['two']);
    expect(await first.answer).toMatchObject({ state: 'withdrawn', note: expect.stringContaining('the same') });
    expect(asks.list(true).map(({ id }) => id)).toEqual([elsewhere.view.id]);
  });

  it('a no settles nothing, and neither does a yes to a call', async () => {
    const { desk: asks, clock } = openDesk();
    const off = { kind: 'switch', server: 'files', on: true } as const;
    const [one] = [asks.ask(off, { deadlineMs: null }), asks.ask(off, { deadlineMs: null })];
    asks.deny(one.view.id, null, 'window');
    const [two] = [asks.ask(call, { deadlineMs: null }), asks.ask(call, { deadlineMs: null })];
    asks.shown(two.view.id);
    clock.pass(500);
    await asks.answer(yes(two.view), window);
    expect(asks.list(true)).toHaveLength(2);
  });
});
