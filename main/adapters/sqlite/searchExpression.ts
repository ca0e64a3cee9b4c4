/** What a search means to the word index: a query, and what is left to look at in each record it finds. */

import { matches } from '../../contract/pattern.ts';
import type { RecordView } from '../../contract/record.ts';
import type { SearchField, SearchPlan, SearchTerm } from '../../contract/search.ts';
import { tookPower, tookTerm } from './recordTerms.ts';
import { BEGINNING, beginning, type TermQuery, word } from './termQuery.ts';
import { facetTerm, wordsOf } from './words.ts';

/** No call takes longer, as a power of two of milliseconds: some thirty days. */
const LONGEST = 32;
/** Words, or beginnings of them, that one of another length is taken for; more, and the records themselves are looked at. */
const MOST_BEGUN = 50;

/** `text`: the words of the record and its payload with a space around each. */
export type Check = (record: RecordView, text: string) => boolean;

export interface Expression {
  /** Null when nothing but time narrows it. */
  readonly match: TermQuery | null;
  /** True for what really fits; null when what the index finds does. */
  readonly check: Check | null;
}

/** What is in the index. */
export interface Indexed {
  /** The values that records have had in a field. */
  values(field: SearchField): readonly string[];
  /** The words that begin so, each cut to `letters` letters; null when there are more than `most` different ones. */
  begun(start: string, letters: number, most: number): readonly string[] | null;
}

/** What one term means; of a record that the query finds, the check says whether it really fits. */
interface Meaning {
  readonly query: TermQuery;
  readonly check: ((text: string) => boolean) | null;
}

/** Null when nothing can fit. */
export function expressionOf(plan: SearchPlan, indexed: Indexed): Expression | null {
  const wanted: TermQuery[] = [];
  const unwanted: TermQuery[] = [];
  const checks: Check[] = [];
  for (const term of plan.terms) {
    // Signs alone are no words: they narrow nothing.
    if (term.kind !== 'field' && wordsOf(term.text).length === 0) continue;
    const meaning = meaningOf(term, indexed);
    if (meaning === null) {
      if (!term.not) return null;
      continue;
    }
    const { query, check } = meaning;
    if (check !== null) checks.push((_, text) => check(text) !== term.not);
    // What the index finds for it need not fit, and so must not be left out.
    if (!term.not) wanted.push(query);
    else if (check === null) unwanted.push(query);
  }
  const { slower, faster } = plan;
  if (slower !== undefined || faster !== undefined) {
    const [from, to] = [tookPower(slower ?? 0), tookPower(faster ?? 2 ** LONGEST)];
    if (from > to) return null;
    wanted.push({ any: Array.from({ length: to - from + 1 }, (_, at) => word(tookTerm(from + at))) });
    checks.push(({ durationMs = -1 }) => durationMs >= (slower ?? 0) && durationMs <= (faster ?? durationMs));
  }
  if (wanted.length + unwanted.length + checks.length === 0) return { match: null, check: null };
  const check: Check | null =
    checks.length === 0 ? null : (record, text) => checks.every((holds) => holds(record, text));
  return { match: { all: wanted, not: unwanted }, check };
}

/** Null when nothing can fit. */
function meaningOf(term: SearchTerm, indexed: Indexed): Meaning | null {
  if (term.kind === 'field') {
    const meant = term.values.flatMap((value) =>
      value.includes('*') ? indexed.values(term.field).filter((known) => matches(value, known)) : value,
    );
    return meant.length === 0 ? null : sure({ any: meant.map((value) => word(facetTerm(term.field, value))) });
  }
  const words = wordsOf(term.text);
  if (term.kind === 'phrase') {
    const phrase = ` ${words.join(' ')} `;
    return { query: allOf(words.map(word)), check: (text) => text.includes(phrase) };
  }
  if (!term.prefix) return sure(allOf(words.map(word)));
  const before = words.slice(0, -1).map(word);
  const last = begunBy(words.at(-1) ?? '', indexed);
  return last && { query: allOf([...before, last.query]), check: last.check };
}

/** Words that begin so. Null when there are none. */
function begunBy(start: string, indexed: Indexed): Meaning | null {
  const letters = [...start];
  if (letters.length === BEGINNING) return sure(beginning(start));
  const short = letters.length < BEGINNING;
  const begun = indexed.begun(start, short ? BEGINNING : Number.POSITIVE_INFINITY, MOST_BEGUN);
  if (begun?.length === 0) return null;
  const check = (text: string) => text.includes(` ${start}`);
  if (begun === null) return { query: short ? allOf([]) : beginning(letters.slice(0, BEGINNING).join('')), check };
  return sure({ any: begun.map((one) => (short && [...one].length === BEGINNING ? beginning(one) : word(one))) });
}

/** What the index finds for it fits. */
function sure(query: TermQuery): Meaning {
  return { query, check: null };
}

function allOf(all: readonly TermQuery[]): TermQuery {
  return { all, not: [] };
}
