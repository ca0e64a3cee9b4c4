import { describe, expect, test } from 'vitest';
import type { SearchPlan } from '../../contract/search.ts';
import { completeSearch } from './complete.ts';
import type { Calendar } from './moments.ts';
import { parseSearch } from './parse.ts';

/** A place two hours ahead of UTC all year, on a Wednesday afternoon. */
const AHEAD_MS = 2 * 3_600_000;
const calendar: Calendar = {
  now: () => '2026-11-18T13:30:00.000Z',
  local: (year, month, day, hour, minute, second) =>
    month > 12 || day > 31
      ? null
      : new Date(Date.UTC(year, month - 1, day, hour, minute, second) - AHEAD_MS).toISOString(),
  shown(at) {
    const here = new Date(Date.parse(at) + AHEAD_MS);
    return {
      year: here.getUTCFullYear(),
      month: here.getUTCMonth() + 1,
      day: here.getUTCDate(),
      weekday: here.getUTCDay(),
    };
  },
};

function plan(text: string): SearchPlan {
  const parsed = parseSearch(text, calendar);
  if (!parsed.ok) throw new Error(parsed.fault.message);
  return parsed.plan;
}

function fault(text: string): { word: string; message: string } {
  const parsed = parseSearch(text, calendar);
  if (parsed.ok) throw new Error('It was understood.');
  return { word: text.slice(parsed.fault.start, parsed.fault.end), message: parsed.fault.message };
}

test('what a person guesses is understood', () => {
  expect(plan('server:github tool:delete_* verdict:denied after:yesterday "invoice 7" refund')).toEqual({
    terms: [
      { kind: 'field', field: 'server', values: ['github'], not: false },
      { kind: 'field', field: 'tool', values: ['delete_*'], not: false },
      { kind: 'field', field: 'verdict', values: ['deny'], not: false },
      { kind: 'phrase', text: 'invoice 7', not: false },
      { kind: 'word', text: 'refund', prefix: false, not: false },
    ],
    after: '2026-11-16T22:00:00.000000Z',
  });
});

test('ways to act go by what people call them', () => {
  expect(plan('by:ada -via:app via:cli,hand').terms).toEqual([
    { kind: 'field', field: 'person', values: ['ada'], not: false },
    { kind: 'field', field: 'via', values: ['window'], not: true },
    { kind: 'field', field: 'via', values: ['control', 'file'], not: false },
  ]);
});

test('several values, the opposite, beginnings, and quoted values', () => {
  expect(plan('server:fs,git -tool:read_file -"no such file" invo* client:"Visual Studio Code"').terms).toEqual([
    { kind: 'field', field: 'server', values: ['fs', 'git'], not: false },
    { kind: 'field', field: 'tool', values: ['read_file'], not: true },
    { kind: 'phrase', text: 'no such file', not: true },
    { kind: 'word', text: 'invo', prefix: true, not: false },
    { kind: 'field', field: 'client', values: ['Visual Studio Code'], not: false },
  ]);
});

test.each<[string, Omit<SearchPlan, 'terms'>]>([
  ['after:2h', { after: '2026-11-18T11:30:00.000000Z' }],
  ['on:monday', { after: '2026-11-15T22:00:00.000000Z', before: '2026-11-16T22:00:00.000000Z' }],
  ['on:wednesday', { after: '2026-11-17T22:00:00.000000Z', before: '2026-11-18T22:00:00.000000Z' }],
  ['before:today', { before: '2026-11-17T22:00:00.000000Z' }],
  [
    'after:2026-11-01 before:2026-11-03',
    { after: '2026-10-31T22:00:00.000000Z', before: '2026-11-02T22:00:00.000000Z' },
  ],
  ['after:2026-11-01T12:30', { after: '2026-11-01T10:30:00.000000Z' }],
  ['after:2026-11-01T12:30:00Z', { after: '2026-11-01T12:30:00.000000Z' }],
  ['after:2026-11-01T12:30:00.123456+02:00', { after: '2026-11-01T10:30:00.123456Z' }],
  ['on:2026-11-01T12:30:59.999999Z', { after: '2026-11-01T12:30:59.999999Z', before: '2026-11-01T12:31:00.000000Z' }],
  ['since:yesterday after:1h', { after: '2026-11-18T12:30:00.000000Z' }],
  ['slower:2s faster:1.5m', { slower: 2000, faster: 90_000 }],
])('%s', (text, bounds) => {
  expect(plan(text)).toEqual({ terms: [], ...bounds });
});

describe('what cannot be meant is said at its place', () => {
  test.each([
    ['serer:github x', 'serer', 'Did you mean server:?'],
    ['zzz:1', 'zzz', 'quotation marks'],
    ['verdict:maybe', 'maybe', 'one of allow, ask, deny'],
    ['after:soonish', 'soonish', 'is no time'],
    ['slower:quick', 'quick', 'is no duration'],
    [`faster:${'9'.repeat(400)}d`, `${'9'.repeat(400)}d`, 'is no duration'],
    ['after:99999999999d', '99999999999d', 'is no time'],
    ['x "never ends', '"never ends', 'no end'],
    ['in*voice', 'in*voice', 'only stand at the end'],
    ['server: x', 'server:', 'What server?'],
    ['-after:today', '-', 'cannot be turned round'],
    ['after:today,monday', 'monday', 'takes one value'],
  ])('%s', (text, word, message) => {
    expect(fault(text)).toEqual({ word, message: expect.stringContaining(message) });
  });
});

describe('completion', () => {
  const known = (field: string) => (field === 'tool' ? ['write_file', 'read_file', 'create issue'] : ['github']);
  const complete = (text: string) => completeSearch(text, text.length, known).map(({ insert }) => insert);

  test('fields that begin so, and all of them after a space', () => {
    expect(complete('s')).toEqual(['session:', 'slower:', 'server:'].sort(order));
    expect(complete('x ').length).toBeGreaterThan(8);
  });

  test('values that records have had, those that begin so first, quoted where needed', () => {
    expect(complete('tool:')).toEqual(['write_file ', 'read_file ', '"create issue" ']);
    expect(complete('tool:r')).toEqual(['read_file ', 'write_file ', '"create issue" ']);
    expect(complete('server:fs,git')).toEqual(['github ']);
  });

  test('what is put in replaces what was begun', () => {
    expect(completeSearch('x verdict:de', 12, known)).toEqual([{ insert: 'deny ', start: 10, end: 12, note: '' }]);
  });
});

const FIELDS = ['server:', 'session:', 'slower:'];
const order = (a: string, b: string) => FIELDS.indexOf(a) - FIELDS.indexOf(b);
