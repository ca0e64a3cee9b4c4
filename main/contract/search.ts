/** Searching the ledger in the words of `docs/search.md`: what a text means, what is wrong with it, what could follow. */
import { z } from 'zod';
import { auditSearch } from './audit.ts';
import { timestamp } from './names.ts';

/** What a record can be found by besides its words. */
export const SEARCH_FIELDS = [
  'type',
  'event',
  'server',
  'tool',
  'session',
  'call',
  'ask',
  'verdict',
  'class',
  'client',
  'person',
  'via',
  'method',
  'code',
  'rule',
] as const;
export type SearchField = (typeof SEARCH_FIELDS)[number];

/** A place in a text: UTF-16 code units, the end not included. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

export type SearchTerm =
  /** A word, or with `prefix` the beginning of one. */
  | { readonly kind: 'word'; readonly text: string; readonly prefix: boolean; readonly not: boolean }
  /** Words in this order. */
  | { readonly kind: 'phrase'; readonly text: string; readonly not: boolean }
  /** Any of the values; `*` stands for any characters. */
  | { readonly kind: 'field'; readonly field: SearchField; readonly values: readonly string[]; readonly not: boolean };

/** All terms hold, within the times. */
export interface SearchPlan {
  readonly terms: readonly SearchTerm[];
  /** RFC 3339; from then on. */
  readonly after?: string;
  /** RFC 3339; before then. */
  readonly before?: string;
  /** Milliseconds that it took at least. */
  readonly slower?: number;
  /** Milliseconds that it took at most. */
  readonly faster?: number;
}

/** What a person cannot have meant, and where it stands. */
export const searchFault = z.object({ message: z.string(), start: z.int(), end: z.int() });
export type SearchFault = z.infer<typeof searchFault>;

/** One way to go on: what to put in place of a part of the text. */
export const searchSuggestion = z.object({
  insert: z.string(),
  start: z.int(),
  end: z.int(),
  /** What it is, in a few words. */
  note: z.string(),
});
export type SearchSuggestion = z.infer<typeof searchSuggestion>;

export const searchHelp = z.object({ fault: searchFault.nullable(), suggestions: z.array(searchSuggestion) });
export type SearchHelp = z.infer<typeof searchHelp>;

/** A search, counted in so many steps of time. */
export const countsQuery = auditSearch.extend({ steps: z.int().min(1).max(200).default(60) });

/** How many records fit over time: `counts[i]` from `from + i * step` on. */
export const searchCounts = z.object({
  from: timestamp,
  /** Milliseconds of each. */
  step: z.number(),
  counts: z.array(z.object({ all: z.int(), denied: z.int() })),
  /** True when these are all that may fit: how long one took, or the order of its words, was not looked at. */
  atMost: z.boolean(),
});
export type SearchCounts = z.infer<typeof searchCounts>;

/** A search under a name. */
export const savedSearch = z.object({ name: z.string().min(1).max(60), text: z.string().min(1).max(2000) });
export type SavedSearch = z.infer<typeof savedSearch>;
