/** What a search means to the word index: an FTS5 expression, and what is left to look at in each record it finds. */
import type { RecordView } from '../../contract/record.ts';
import type { SearchField, SearchPlan, SearchTerm } from '../../contract/search.ts';
import { EVERY, tookPower, tookTerm } from './recordTerms.ts';
import { facetTerm, wordsOf } from './words.ts';

/** No call takes longer, as a power of two of milliseconds: some thirty days. */
const LONGEST = 32;

export interface Expression {
  /** Null when nothing but time narrows it. */
  readonly match: string | null;
  /** True for what really fits; null when what the index finds does. */
  readonly check: ((record: RecordView, text: string) => boolean) | null;
}

/** The values that records have had in a field. */
export type Values = (field: SearchField) => readonly string[];

/** Null when nothing can fit. */
export function expressionOf(plan: SearchPlan, values: Values): Expression | null {
  const wanted: string[] = [];
  const unwanted: string[] = [];
  const checks: ((record: RecordView, text: string) => boolean)[] = [];
  for (const term of plan.terms) {
    const found = termOf(term, values);
    // Signs alone are no words: they narrow nothing.
    if (found === '') continue;
    if (found === null) {
      if (!term.not) return null;
      continue;
    }
    if (term.kind === 'phrase') {
      const words = wordsOf(term.text).join(' ');
      // The words alone, in any order, do not rule a record out.
      checks.push((_, text) => text.includes(` ${words} `) !== term.not);
      if (!term.not) wanted.push(found);
    } else (term.not ? unwanted : wanted).push(found);
  }
  const { slower, faster } = plan;
  if (slower !== undefined || faster !== undefined) {
    const [from, to] = [tookPower(slower ?? 0), tookPower(faster ?? 2 ** LONGEST)];
    wanted.push(anyOf(Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => tookTerm(from + at))));
    checks.push(({ durationMs = -1 }) => durationMs >= (slower ?? 0) && durationMs <= (faster ?? durationMs));
  }
  if (wanted.some((one) => one === '')) return null;
  const all = wanted.length === 0 && (unwanted.length > 0 || checks.length > 0) ? [quoted(EVERY)] : wanted;
  const match =
    all.length === 0 ? null : [all.map(inBrackets).join(' AND '), ...unwanted.map(inBrackets)].join(' NOT ');
  return { match, check: checks.length === 0 ? null : (record, text) => checks.every((check) => check(record, text)) };
}

/** Null when nothing can fit, empty when everything does. */
function termOf(term: SearchTerm, values: Values): string | null {
  switch (term.kind) {
    case 'field': {
      const meant = term.values.flatMap((value) =>
        value.includes('*') ? values(term.field).filter(fits(value)) : value,
      );
      return meant.length === 0 ? null : anyOf(meant.map((value) => facetTerm(term.field, value)));
    }
    case 'word': {
      const words = wordsOf(term.text);
      const parts = words.map((word, at) => `${quoted(word)}${term.prefix && at === words.length - 1 ? ' *' : ''}`);
      return parts.join(' AND ');
    }
    case 'phrase': {
      const words = wordsOf(term.text);
      return words.map(quoted).join(' AND ');
    }
  }
}

/** Whether a value fits a pattern in which `*` stands for any characters. */
function fits(pattern: string): (value: string) => boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  const whole = new RegExp(`^${parts.join('.*')}$`, 's');
  return (value) => whole.test(value);
}

function anyOf(terms: readonly string[]): string {
  return terms.map(quoted).join(' OR ');
}

function quoted(term: string): string {
  return `"${term}"`;
}

function inBrackets(expression: string): string {
  return `(${expression})`;
}
