/** A daemon made of fixtures, for the gallery and for component tests. No shipped page imports it. */
import { ORPCError } from '@orpc/client';
import type { AskView } from '../../../main/contract/ask.ts';
import { refusal } from '../../../main/contract/errors.ts';
import { FOR_EVER } from '../../../main/contract/retention.ts';
import type { DaemonStatus } from '../../../main/contract/status.ts';
import type { Link, LiveLink } from '../link.ts';
import { askOf, DEVICE_KEY, OPEN_ASKS, PAST_ASKS, SUBJECTS } from './asks.ts';
import { CLIENTS, PLAN, UNDONE } from './clients.ts';
import { GRANTS, KILLED } from './grants.ts';
import { at, digestOf, uuid } from './ids.ts';
import { APPROVERS, BLOCK, MARK, OWN_DEVICE } from './people.ts';
import { EXPLANATION, REPLAY } from './policy.ts';
import { COUNTS, callOf, RECORDS, recordInRow, SEARCHES } from './records.ts';
import { LOGS, reviewOf, SERVERS, SESSIONS, SHARED_CHANGES } from './servers.ts';
import { DOCTOR, FRESH_TOUR, POLICY, SECRETS, STATUS, TOUR, WANTED } from './state.ts';
import { NO_SYNC, SYNC } from './sync.ts';
import { TOOLS } from './tools.ts';
import { truthNews } from './truth.ts';

/** `full`: a working day. `empty`: a first start. `loading`: nothing answers yet. `error`: everything refuses. */
export type Scenario = 'full' | 'empty' | 'loading' | 'error';

export interface MemoryOptions {
  readonly scenario: Scenario;
  readonly status?: Partial<DaemonStatus>;
  readonly asks?: readonly AskView[];
  /** Rows of the audit's table, where that is to be long. */
  readonly rows?: number;
}

/** A client whose procedures answer from fixtures; answers and denials close the ask. */
export function memoryClient({ scenario, status = {}, asks = OPEN_ASKS, rows }: MemoryOptions): Link {
  const empty = scenario === 'empty';
  let open = empty ? [] : [...asks];
  const listeners = new Set<() => void>();
  const close = (id: string, state: AskView['state']): AskView => {
    const found = open.find((ask) => ask.id === id) ?? askOf(1, SUBJECTS.write);
    open = open.filter((ask) => ask.id !== id);
    for (const tell of listeners) tell();
    return { ...found, state };
  };
  const raise = async (): Promise<{ ask: string }> => ({ ask: uuid(102) });
  const done = async (): Promise<Record<string, never>> => ({});
  const now = async (): Promise<DaemonStatus> => ({
    ...STATUS,
    ...(empty ? { servers: 0, sessions: 0, asks: 0, records: 3 } : { asks: open.length }),
    ...status,
  });
  const client: Link = {
    daemon: {
      status: now,
      lookForKeys: done,
      doctor: async () => DOCTOR,
      stop: done,
      changes: async () =>
        (async function* () {
          for (;;) {
            await new Promise<void>((resolve) => listeners.add(resolve));
            yield { topic: 'asks' as const };
          }
        })() as never,
    },
    servers: {
      list: async () => (empty ? [] : SERVERS),
      sessions: async () => (empty ? [] : SESSIONS),
      add: done,
      remove: done,
      review: async ({ server }) => reviewOf(server),
      reviewLine: async ({ command }) => ({
        launchers: [],
        program: command,
        package: null,
        findings: [],
        digest: digestOf(1),
      }),
      consent: raise,
      consentAll: raise,
      sharedChanges: async () => (empty ? [] : SHARED_CHANGES),
      withdraw: done,
      sandbox: done,
      start: done,
      stop: done,
      restart: done,
      disable: done,
      enable: raise,
      logs: async ({ words }) => LOGS.filter((line) => words === undefined || line.text.includes(words)),
    },
    packages: {
      look: async () => truthNews() as never,
      prepare: async () => truthNews() as never,
    },
    tools: { list: async () => (empty ? [] : TOOLS), accept: raise, hold: done },
    clients: {
      list: async () => (empty ? { ...CLIENTS, files: [], projects: [], unread: [] } : CLIENTS),
      plan: async () => PLAN,
      import: async () => ({ servers: PLAN.servers.map(({ name }) => name) }),
      protect: raise,
      planUndo: async () => ({ changes: UNDONE, secrets: ['database-uri'], gone: [], digest: PLAN.digest }),
      undo: raise,
      quarantine: done,
      leave: raise,
      trust: raise,
      forget: done,
    },
    asks: {
      list: async (input) => (input.open === false ? [...open, ...(empty ? [] : PAST_ASKS)] : open),
      get: async ({ id }) =>
        [...open, ...OPEN_ASKS].find((ask) => ask.id === id) ?? askOf(1, SUBJECTS.write, { id, state: 'denied' }),
      wait: async ({ id }) => close(id, 'approved'),
      deny: async ({ id }) => close(id, 'denied'),
      denyAll: async ({ session }) => {
        const its = open.filter(({ subject }) => subject.kind === 'call' && subject.session === session);
        for (const { id } of its) close(id, 'denied');
        return { denied: its.length };
      },
      again: raise,
      answer: async ({ id, approve }) => close(id, approve ? 'approved' : 'denied'),
      challenge: async () => ({ salt: btoa('s'.repeat(32)), nonce: btoa('n'.repeat(32)) }),
      shown: done,
    },
    approvers: {
      self: async () => OWN_DEVICE,
      list: async () => (empty ? [] : APPROVERS),
      add: raise,
      remove: done,
    },
    second: {
      request: async () => ({ text: BLOCK }),
      give: async () => askOf(1, SUBJECTS.write, { state: 'approved' }),
      consider: raise,
      answer: async () => ({ text: BLOCK.replaceAll('REQUEST', 'ANSWER') }),
    },
    grants: { list: async () => (empty ? [] : GRANTS), revoke: done },
    switches: { list: async () => (empty ? [] : KILLED), kill: done, revive: raise },
    secrets: {
      list: async () => (empty ? [] : SECRETS),
      wanted: async () => (empty ? [] : WANTED),
      set: raise,
      helper: raise,
      keepFor: raise,
      revoke: done,
    },
    policy: {
      state: async () => (empty ? { ...POLICY, files: [], proposal: null, faults: [] } : POLICY),
      check: async () => POLICY,
      explain: async () => EXPLANATION,
      replay: async () => REPLAY,
      accept: raise,
    },
    passcode: { set: raise, unlock: done },
    proof: {
      state: async () => ({ strictness: 'external', system: null, screen: null }),
      raise: done,
      lower: raise,
      mark: async () => MARK,
      offer: done,
    },
    audit: {
      search: async ({ words, session, cursor = Number.POSITIVE_INFINITY, limit = 100 }) => {
        const found = empty
          ? []
          : RECORDS.filter(
              (record) =>
                (session === undefined || record.session === session) &&
                (words === undefined || JSON.stringify(record).includes(words)),
            );
        const page = found.filter((record) => record.seq < cursor).slice(0, limit);
        const last = page.at(-1);
        return {
          records: page,
          next: last === undefined || last.seq === 0 ? null : last.seq,
          total: found.length,
          atLeast: false,
        };
      },
      rows: async ({ offset = 0, limit = 100, asOf = { size: rows ?? RECORDS.length, time: at(0) } }) => {
        const total = empty ? 0 : asOf.size;
        const length = Math.max(0, Math.min(limit, total - offset));
        const records = Array.from({ length }, (_, index) => recordInRow(offset + index, total));
        return { records, asOf, total, whole: true, estimate: total };
      },
      rowOf: async ({ to }) => ({
        row: 'record' in to ? RECORDS.findIndex(({ id }) => id === to.record) : (rows ?? RECORDS.length) / 2,
        reached: true,
      }),
      show: async ({ id }) => callOf(id),
      tell: done,
      searches: async () => (empty ? [] : SEARCHES),
      keepSearch: done,
      dropSearch: done,
      counts: async () => (empty ? null : COUNTS),
      help: async () => ({ fault: null, suggestions: [] }),
      verify: async () => ({
        ok: true,
        records: 12_408,
        signed: 12_401,
        checkpoints: 311,
        root: digestOf(91).slice(7),
        first: DEVICE_KEY,
        epochs: [{ epoch: 1, size: 3 }],
        fault: null,
      }),
      retention: async () => ({ limits: FOR_EVER, kept: { payloads: 8_120, bytes: 48_300_000 }, below: 0 }),
      setRetention: raise,
      export: () => Promise.reject(failure()),
      exportPage: () => Promise.reject(failure()),
      prove: () => Promise.reject(failure()),
      proveSince: () => Promise.reject(failure()),
      identity: async () => ({ key: DEVICE_KEY, first: DEVICE_KEY, checkpoint: null }),
    },
    sync: {
      status: async () => (empty ? NO_SYNC : SYNC),
      enrol: raise,
      pause: raise,
      resume: done,
      leave: raise,
      rotate: done,
    },
    tour: { state: async () => (empty ? FRESH_TOUR : TOUR), run: async () => TOUR, reset: async () => FRESH_TOUR },
  };
  if (scenario === 'loading') return always(client, () => new Promise(() => {}));
  if (scenario === 'error') return always(client, () => Promise.reject(failure()));
  return client;
}

/** A link that is always open. */
export function memoryLink(options: MemoryOptions): LiveLink {
  return {
    kind: 'memory',
    client: memoryClient(options),
    state: () => 'open',
    onState: () => () => {},
    retry: () => {},
  };
}

function failure(): ORPCError<string, unknown> {
  const data = refusal('AUDIT_UNAVAILABLE', 'no space left on device: /home/mara/.local/state/countersign/ledger.db');
  return new ORPCError(data.code, { message: data.message, data });
}

function always(client: Link, answer: () => Promise<never>): Link {
  return Object.fromEntries(
    Object.entries(client).map(([area, procedures]) => [
      area,
      Object.fromEntries(Object.keys(procedures as object).map((name) => [name, answer])),
    ]),
  ) as unknown as Link;
}
