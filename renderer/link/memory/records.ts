import type { RecordView } from '../../../main/contract/record.ts';
import type { SavedSearch, SearchCounts } from '../../../main/contract/search.ts';
import { at, digestOf, uuid } from './ids.ts';

const CLIENT = { name: 'claude-code', version: '2.4.1', pid: 47802, program: '/usr/local/bin/claude' };
const RULE = { id: 'default/ask', file: 'countersign/default.cedar', line: 14 };
const ARGUMENTS =
  '{"path":"/home/mara/Projects/almanac/README.md","content":"# Almanac\\n\\nA calendar that knows when the tide turns.\\n"}';
const RESULT = '{"content":[{"type":"text","text":"Successfully wrote to /home/mara/Projects/almanac/README.md"}]}';
const readme = (text: string) => ({ kind: 'text', text, bytes: text.length, version: digestOf(text.length) });
const CHANGED = JSON.stringify({
  kind: 'call',
  changes: [
    {
      act: 'write',
      path: '/home/mara/Projects/almanac/README.md',
      before: readme('# Almanac\n\nA calendar.\n'),
      after: readme('# Almanac\n\nA calendar that knows when the tide turns.\n'),
      lines: { added: 1, removed: 1 },
    },
  ],
});
const seal = (kind: 'arguments' | 'result' | 'subject', bytes: number): NonNullable<RecordView['payload']> => ({
  kind,
  kept: digestOf(70).slice(7),
  bytes,
  masked: [],
});
const call = {
  session: uuid(21),
  client: CLIENT,
  server: 'files',
  method: 'tools/call',
  tool: 'write_file',
  call: uuid(80),
  class: 'write' as const,
};

/** One approved write from question to result. */
const STORY: Omit<RecordView, 'seq' | 'id' | 'at'>[] = [
  {
    ...call,
    type: 'asked',
    event: 'call',
    ask: uuid(111),
    decision: 'ask',
    rule: RULE,
    reason: 'A write needs one approval.',
    payload: seal('subject', CHANGED.length),
    payloadText: CHANGED,
  },
  {
    ...call,
    type: 'answered',
    event: 'approved',
    ask: uuid(111),
    person: 'mara',
    via: 'window',
    durationMs: 4210,
    payloadText: null,
  },
  {
    ...call,
    type: 'intent',
    event: 'forward',
    decision: 'allow',
    rule: RULE,
    person: 'mara',
    digests: { definition: digestOf(52), launch: digestOf(1) },
    payload: seal('arguments', 121),
    payloadText: ARGUMENTS,
  },
  { ...call, type: 'outcome', event: 'ok', durationMs: 7.4, payload: seal('result', 98), payloadText: RESULT },
];

const PROPOSED = JSON.stringify({
  kind: 'policy',
  files: [{ file: 'almanac.cedar', before: null, after: '@id("almanac")\nforbid (principal, action, resource);\n' }],
});
/** A policy that somebody wanted on the command line, and a person accepted in the app. */
const question = { ask: uuid(112), person: 'mara' };

const OTHERS: Omit<RecordView, 'seq' | 'id' | 'at'>[] = [
  { type: 'session', event: 'opened', session: uuid(21), client: CLIENT, server: 'files', payloadText: null },
  {
    type: 'intent',
    event: 'forward',
    session: uuid(21),
    client: CLIENT,
    server: 'files',
    method: 'tools/call',
    tool: 'read_text_file',
    class: 'read',
    decision: 'allow',
    rule: { id: 'default/permit', file: 'countersign/default.cedar', line: 5 },
    payloadText: '{"path":"/home/mara/Projects/almanac/package.json"}',
    payload: seal('arguments', 51),
  },
  {
    type: 'outcome',
    event: 'ok',
    session: uuid(21),
    client: CLIENT,
    server: 'files',
    method: 'tools/call',
    tool: 'read_text_file',
    class: 'read',
    durationMs: 2.1,
    payloadText: null,
  },
  {
    type: 'refused',
    event: 'denied',
    session: uuid(21),
    client: CLIENT,
    server: 'github',
    method: 'tools/call',
    tool: 'delete_repo',
    class: 'external',
    decision: 'deny',
    code: 'ASK_DENIED',
    person: 'mara',
    reason: 'A person denied this.',
    payloadText: null,
  },
  { type: 'pin', event: 'accepted', server: 'files', person: 'mara', via: 'window', payloadText: null },
  {
    type: 'consent',
    event: 'given',
    server: 'files',
    person: 'mara',
    via: 'window',
    digests: { launch: digestOf(1) },
    payloadText: null,
  },
  { type: 'lifecycle', event: 'ready', server: 'files', payloadText: null },
  { type: 'daemon', event: 'started', payloadText: null },
  {
    ...question,
    type: 'policy',
    event: 'accepted',
    via: 'window',
    digests: { policy: digestOf(60), before: digestOf(61) },
    detail: { files: 'almanac.cedar' },
    payloadText: null,
  },
  {
    ...question,
    type: 'answered',
    event: 'approved',
    via: 'window',
    durationMs: 12_400,
    detail: { kind: 'policy', proof: 'system' },
    payloadText: null,
  },
  {
    ...question,
    type: 'asked',
    event: 'policy',
    via: 'control',
    detail: { kind: 'policy' },
    payload: seal('subject', PROPOSED.length),
    payloadText: PROPOSED,
  },
];

const COUNT = 480;

/** The record of a row, of so many: the approved write on top, then the same day again and again. */
export function recordInRow(index: number, count: number): RecordView {
  const later = index - STORY.length;
  const body = later < 0 ? STORY[-1 - later] : OTHERS[later % OTHERS.length];
  const round = Math.floor(later / OTHERS.length);
  return {
    ...(body as (typeof OTHERS)[number]),
    ...(later >= 0 && body?.ask !== undefined && { ask: uuid(6000 + round) }),
    ...(later >= 0 && body?.tool !== undefined && { call: uuid((body.type === 'refused' ? 4000 : 2000) + round) }),
    seq: count - 1 - index,
    id: uuid(1000 + count - index),
    at: at(-index * 23 - 3),
  };
}

/** A day's records, newest first. */
export const RECORDS: RecordView[] = Array.from({ length: COUNT }, (_, index) => recordInRow(index, COUNT));

/** The records of the same call as this one, or of the same question, oldest first. */
export function callOf(id: string): RecordView[] {
  const chosen = RECORDS.find((record) => record.id === id);
  if (chosen === undefined) return [];
  if (chosen.call !== undefined) return RECORDS.filter(({ call }) => call === chosen.call).reverse();
  if (chosen.ask === undefined) return [chosen];
  return RECORDS.filter(({ ask }) => ask === chosen.ask).reverse();
}

/** A day of records, hour by hour. */
export const COUNTS: SearchCounts = {
  from: at(-86_400),
  step: 3_600_000,
  counts: [2, 0, 0, 1, 3, 8, 21, 34, 29, 12, 18, 40, 44, 38, 22, 19, 30, 11, 4, 2, 0, 1, 6, 9].map((all) => ({
    all,
    denied: Math.floor(all / 9),
  })),
  atMost: false,
};

export const SEARCHES: SavedSearch[] = [
  { name: 'Denied this week', text: 'verdict:denied after:7d' },
  { name: 'What left this machine', text: 'type:intent class:external' },
];
