import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sentRecord } from '../../contract/collector.ts';
import type { LedgerRecord } from '../../contract/record.ts';
import { DEFAULT_SENDING, type SyncSending } from '../../contract/sync.ts';
import { encodeLeaf } from '../../core/ledger/leaf.ts';
import { leafHash } from '../../core/ledger/merkle.ts';
import type { OutgoingRecord } from '../audit/outgoing.ts';
import { formOf, sent } from './outgoing.ts';

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const ID = '01939f3a-7c00-7000-8000-000000000001';
const CALL: LedgerRecord = {
  id: ID,
  at: '2026-11-21T05:00:00.000000Z',
  type: 'intent',
  event: 'forwarded',
  class: 'write',
  call: ID,
  server: 'files',
  tool: 'write_file',
  reason: 'a private reason',
  detail: { path: '/home/mara/private' },
};
const row = (record: LedgerRecord): OutgoingRecord =>
  ({
    seq: 7,
    leaf: encodeLeaf(record),
    payload: { key: Buffer.alloc(32, 1), bytes: Buffer.from('{"content":"private"}') },
  }) as unknown as OutgoingRecord;
const chosen = (form: SyncSending['write']): SyncSending => ({ ...DEFAULT_SENDING, write: form });

test('everything is the leaf to the byte, and what was kept with the key that proves it', () => {
  const { sent: out } = sent(hash, row(CALL), chosen('everything'));
  expect(out).toEqual({
    leaf: Buffer.from(encodeLeaf(CALL)).toString(),
    payload: {
      key: Buffer.alloc(32, 1).toString('base64'),
      body: Buffer.from('{"content":"private"}').toString('base64'),
    },
  });
});

test('facets say who, what and when, and nothing of what was private', () => {
  const { sent: out } = sent(hash, row(CALL), chosen('facets'));
  expect(out).toMatchObject({ facets: { server: 'files', tool: 'write_file', class: 'write' } });
  expect(JSON.stringify(out)).not.toContain('private');
  const answer = { ...CALL, type: 'answered', event: 'approved', person: 'mara', via: 'terminal' } as const;
  expect(sent(hash, row(answer), chosen('facets')).sent).toMatchObject({ facets: { person: 'mara', via: 'terminal' } });
});

test('a hash says nothing at all', () => {
  const { sent: out } = sent(hash, row(CALL), chosen('hash'));
  expect(out).toEqual({ hash: Buffer.from(leafHash(hash, encodeLeaf(CALL))).toString('base64') });
});

test.each<[string, Partial<LedgerRecord>, SyncSending['write']]>([
  ['its class', {}, 'everything'],
  [
    'what was chosen for the rest, when a question about something else brought it about',
    { type: 'policy', event: 'accepted', class: undefined as never, call: undefined as never, ask: ID },
    'facets',
  ],
  [
    'the closest of all, when it is a question or an answer that does not say about what',
    { type: 'answered', class: undefined as never, call: undefined as never, ask: ID },
    'hash',
  ],
  [
    'the closest of all, when it belongs to a call but does not say of which class',
    { class: undefined as never },
    'hash',
  ],
  [
    'the closest of all, when it holds what a person had asked for',
    { type: 'told', event: 'prompt', class: undefined as never, call: undefined as never },
    'hash',
  ],
  ['the others, when it belongs to no call', { class: undefined as never, call: undefined as never }, 'facets'],
])('a record is sent as %s', (_, changed, form) => {
  expect(formOf({ ...CALL, ...changed }, DEFAULT_SENDING)).toBe(form);
});

test.each([
  ['its leaf, when what was kept with it is too long for a batch', {}, 4 * 1024 * 1024, 'everything'],
  ['its facets, when the leaf is', { reason: 'x'.repeat(5 * 1024 * 1024) }, 10, 'facets'],
])('a record goes out with no more than %s', (_, said, length, form) => {
  const { leaf } = row({ ...CALL, ...said });
  const payload = { key: Buffer.alloc(32, 1), bytes: Buffer.alloc(length, 'x') };
  const { form: as, sent: out } = sent(hash, { ...row(CALL), leaf, payload }, chosen('everything'));
  expect([as, 'leaf' in out, 'payload' in out]).toEqual([form, form === 'everything', false]);
});

test.each([
  'no JSON: {"type":',
  '7',
  '[]',
  '{}',
  '{"at":"2026-11-21T05:00:00.000000Z","event":5,"id":"x","type":"intent"}',
  JSON.stringify({ ...CALL, class: 'nope' }),
  JSON.stringify({ ...CALL, id: 'not one' }),
  JSON.stringify({ ...CALL, rule: null }),
  JSON.stringify({ ...CALL, client: 3 }),
  JSON.stringify({ ...CALL, via: 7 }),
])('a leaf that was altered to %s goes out as its hash, whatever was chosen, and the tree tells of it', (leaf) => {
  for (const form of ['everything', 'facets'] as const) {
    const all = Object.fromEntries(Object.keys(DEFAULT_SENDING).map((name) => [name, form])) as SyncSending;
    const out = sent(hash, { ...row(CALL), leaf: Buffer.from(leaf) } as OutgoingRecord, all);
    expect(out).toEqual({
      form: 'hash',
      sent: { hash: Buffer.from(leafHash(hash, Buffer.from(leaf))).toString('base64') },
    });
    expect(sentRecord.safeParse(out.sent).success).toBe(true);
  }
});
