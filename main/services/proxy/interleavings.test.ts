import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AskState } from '../../contract/ask.ts';
import { Refused } from '../../contract/errors.ts';
import type { Approver } from '../../contract/second.ts';
import { Conversation, defaultVerdict } from './conversation.fixture.ts';
import type { Event } from './ledger.fixture.ts';

/** What may happen next; `of` picks one of the calls or asks there are. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('call' as const), put: fc.boolean(), of: fc.nat(5) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('approve', 'deny', 'answer', 'fail', 'cancel', 'flush', 'rest'),
      of: fc.nat(20),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('slow', 'power-cut', 'full', 'changed', 'deadline', 'answer-twice', 'kill', 'stricter'),
      of: fc.nat(20),
    }),
  },
  // What is answered late, or by two.
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('again', 'two', 'second'), of: fc.nat(20) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('read' as const), of: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('exit', 'client-ends'), of: fc.constant(0) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const callLine = (id: number, put: boolean) =>
  `{"jsonrpc":"2.0" ,"id":${id},"method":"tools/call","params":{"name":"${put ? 'put' : 'look'}","arguments":{ "n":${id}.50}}}`;
const readLine = (id: number) =>
  `{"jsonrpc":"2.0" ,"id":${id},"method":"resources/read","params":{ "uri":"demo://${id}\\u0041"}}`;

const BEN = { person: 'ben', via: 'window' } as const;
const TWO = { approvals: 2 } as const;
const DENIED = { decision: 'deny', approvals: 0, code: 'POLICY_DENIED' } as const;

const found = (talk: Conversation, state: AskState) => talk.desk.list(false).find((ask) => ask.state === state);

/** Does what needs a record, and nothing where there is no room for one, or it is over. */
function ifRecorded(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}

async function play(steps: readonly Step[]): Promise<Conversation> {
  const talk = await Conversation.greeted();
  const sent: number[] = [];
  const pick = (of: number) => sent[of % Math.max(1, sent.length)] ?? 0;
  for (const { kind, of, ...more } of steps) {
    switch (kind) {
      case 'call':
        sent.push(sent.length + 1);
        talk.client(callLine(sent.length, 'put' in more && more.put));
        break;
      case 'read':
        sent.push(sent.length + 1);
        talk.client(readLine(sent.length));
        break;
      case 'kill':
        if (talk.ledger.full) break;
        if (talk.switches.list().length > 0) talk.switches.revive({ kind: 'all' }, BEN);
        else talk.switches.kill({ kind: 'all' }, BEN);
        break;
      case 'stricter':
        talk.decide = (question) => ({ ...defaultVerdict(question), ...(of % 2 ? DENIED : {}) });
        break;
      case 'two':
        talk.decide = (question) => ({ ...defaultVerdict(question), ...(question.class === 'read' ? {} : TWO) });
        break;
      case 'again':
        ifRecorded(() => {
          const missed = found(talk, 'timed-out');
          if (missed) talk.desk.again(missed.id, BEN);
        });
        break;
      case 'second':
        ifRecorded(() => {
          const { id, hash } = found(talk, 'second') ?? {};
          const said = { version: 1, key: '', person: 'grace', at: '', deadline: '' } as const;
          if (id && hash) talk.desk.second({ ...said, ask: id, hash }, { name: 'Grace', fingerprint: 'f' } as Approver);
        });
        break;
      case 'approve':
        if (talk.asks[0]) await talk.approves().catch(() => {});
        break;
      case 'deny':
        if (talk.asks[0]) await talk.denies();
        break;
      case 'answer':
        talk.server({ id: pick(of), result: { content: [of] } });
        break;
      case 'answer-twice':
        talk.server({ id: pick(of), result: { content: [of] } });
        talk.server({ id: pick(of), result: { content: [of, 'again'] } });
        break;
      case 'fail':
        talk.server({ id: pick(of), error: { code: -1, message: 'no' } });
        break;
      case 'cancel':
        talk.client({ method: 'notifications/cancelled', params: { requestId: pick(of) } });
        break;
      case 'slow':
        talk.ledger.slow = !talk.ledger.slow;
        break;
      case 'flush':
        talk.ledger.flush();
        break;
      case 'power-cut':
        talk.ledger.flush(false);
        break;
      case 'full':
        talk.ledger.full = !talk.ledger.full;
        break;
      case 'changed':
        talk.server({ method: 'notifications/tools/list_changed' });
        if (of % 2) talk.answerList();
        break;
      case 'deadline':
        talk.clock.pass(45_000);
        break;
      case 'exit':
        talk.serverExits();
        break;
      case 'client-ends':
        talk.clientEnds();
        break;
      case 'rest':
        await talk.rest();
    }
  }
  talk.ledger.full = false;
  talk.ledger.slow = false;
  talk.ledger.flush();
  await talk.rest();
  talk.clientEnds();
  await talk.rest();
  return talk;
}

const before = (events: readonly Event[], at: number) => events.slice(0, at);
const recorded = (events: readonly Event[], type: string, of: string | undefined) =>
  events.flatMap((event) =>
    event.kind === 'record' && event.draft.type === type && event.draft.call === of ? [event] : [],
  );
const lineOf = (event: Event) => (event.kind === 'to-server' || event.kind === 'to-client' ? event.line : '');

test('whatever comes in which order, nothing is forwarded without its intent, and nothing is released without its outcome', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 40 }), async (steps) => {
      const { events, faults, hungUp } = await play(steps);
      expect(faults).toEqual([]);
      expect(hungUp).toBe(true);
      const answered = new Map<number, number>();

      events.forEach((event, at) => {
        const line = lineOf(event);
        if (event.kind === 'to-server' && /"(?:tools\/call|resources\/read)"/.test(line)) {
          const { id, method, params } = JSON.parse(line);
          // Nothing lists this resource, so reading it is asked about like a write.
          const read = method === 'resources/read';
          const put = read || params.name === 'put';
          // Whoever cancelled in time gets nothing done.
          const cancelled = before(events, at).some(
            (one) => one.kind === 'from-client' && one.line.includes(`"requestId":${id}}`),
          );
          expect(cancelled).toBe(false);
          // What a person has stopped is stopped.
          const switched = before(events, at).findLast((one) => one.kind === 'record' && one.draft.type === 'switch');
          expect(switched?.kind === 'record' && switched.draft.event).not.toBe('killed');
          // These are the bytes that came, and their intent, with the same arguments, was there first.
          expect(line).toBe(read ? readLine(id) : callLine(id, put));
          const intent = before(events, at).find(
            (one) => one.kind === 'record' && one.draft.type === 'intent' && line.includes(one.payload ?? '?'),
          );
          expect(intent).toBeDefined();
          if (!put || intent?.kind !== 'record') return;
          const { call } = intent.draft;
          // It was approved for this very call, and its intent survives a power cut.
          expect(recorded(before(events, at), 'answered', call).some(({ draft }) => draft.event === 'approved')).toBe(
            true,
          );
          const seq = events.filter((one) => one.kind === 'record').indexOf(intent);
          expect(before(events, at).some((one) => one.kind === 'synced' && one.seq >= seq)).toBe(true);
        }
        if (event.kind !== 'to-client') return;
        const { id, result } = JSON.parse(line);
        if (typeof id !== 'number') return;
        answered.set(id, (answered.get(id) ?? 0) + 1);
        if (!result || result.isError) return;
        const outcome = before(events, at).find(
          (one) =>
            one.kind === 'record' &&
            one.draft.type === 'outcome' &&
            one.draft.event === 'ok' &&
            one.payload === JSON.stringify(result),
        );
        expect(outcome).toBeDefined();
      });

      for (const times of answered.values()) expect(times).toBe(1);
      for (const event of events) {
        if (event.kind !== 'record' || event.draft.type !== 'intent') continue;
        expect(recorded(events, 'outcome', event.draft.call).length).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 400 },
  );
}, 60_000);
