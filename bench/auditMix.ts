import type { AuditQuery, AuditRowsQuery } from '../main/contract/audit.ts';

/** What the ledger's program answers. */
export type AuditQuestion =
  | { readonly kind: 'search'; readonly query: AuditQuery }
  | { readonly kind: 'rows'; readonly query: AuditRowsQuery }
  | { readonly kind: 'counts'; readonly query: AuditQuery; readonly steps: number }
  | { readonly kind: 'verify' }
  | { readonly kind: 'verifyCalls'; readonly records: number }
  | { readonly kind: 'append'; readonly records: number };

/** By their rank in the vocabulary of `everydayRecords.ts`: the first, the 21st, the 505th, the 20,001st. */
const WORDS = { common: 'babe', often: 'nabe', seldom: 'rame', rare: 'nadoni' };

/** As many as the plot above the table has. */
const STEPS = 60;

/** The questions, over a ledger of so many records whose words are as common as their rank says. */
export function auditMix(records: number): { what: string; question: AuditQuestion }[] {
  const search = (what: string, text: string, rest: AuditQuery = {}) => ({
    what: text === '' ? what : `${what}: ${text}`,
    question: { kind: 'search' as const, query: { text, ...rest } },
  });
  const rows = (what: string, text: string, offset: number) => ({
    what: `${what}${text === '' ? '' : `: ${text}`}`,
    question: { kind: 'rows' as const, query: { text, offset: Math.floor(offset) } },
  });
  const counts = (what: string, text: string) => ({
    what: `${what}${text === '' ? '' : `: ${text}`}`,
    question: { kind: 'counts' as const, query: { text }, steps: STEPS },
  });
  return [
    search('no words', ''),
    search('a rare word', WORDS.rare),
    search('a common word', WORDS.common),
    search('two words', `${WORDS.common} ${WORDS.often}`),
    search('two rarer words', `${WORDS.often} ${WORDS.seldom}`),
    search('the beginning of words', `${WORDS.common}*`),
    search('a field', 'verdict:denied'),
    search('a pattern', 'tool:delete_*'),
    search('a phrase', `"${WORDS.common} ${WORDS.often}"`),
    search('a window of time', `${WORDS.common} after:2026-09-10 before:2026-09-12`),
    search('everything but', '-tool:read_file -verdict:allowed'),
    search('a person’s question', `server:github tool:delete_* verdict:asked after:2026-10-01 ${WORDS.often}`),
    search('how long it took', 'slower:2s server:mail'),
    search('a later page', WORDS.common, { cursor: Math.floor(records / 2) }),
    rows('the table’s middle', '', records / 2),
    rows('the table’s middle', WORDS.common, records / 4),
    rows('the table’s middle', 'server:github', records / 12),
    counts('counts over time', ''),
    counts('counts over time', WORDS.rare),
    counts('counts over time', WORDS.common),
    counts('counts over time', 'server:github'),
  ];
}
