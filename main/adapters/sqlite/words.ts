/** Texts and facets as terms of the word index. */
import { hash } from 'node:crypto';
import { normalForm } from '../../contract/normalForm.ts';
import { withoutLongRuns } from './longRuns.ts';

/** The index splits at white space only, so both sides of a search must be divided here, alike. */
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** What most texts are: there, folding is lower case and nothing else. */
const ASCII = /^[\0-\x7f]*$/;
const ASCII_WORD = /[a-z0-9]+/g;

/** The words of a text: compatibility forms made one, accents dropped, lower case. Of a long run, those of its beginning. */
export function wordsOf(whole: string): string[] {
  const text = withoutLongRuns(whole);
  if (ASCII.test(text)) return text.toLowerCase().match(ASCII_WORD) ?? [];
  return (
    normalForm(text, 'NFKD')
      .replaceAll(/\p{Mn}/gu, '')
      .toLowerCase()
      .match(WORD) ?? []
  );
}

/** Begins the term of each facet: a private character (Unicode, section 23.5), so that no word of a text is one or begins as one. */
export const MARK = '\u{e000}';

/** Few values come back for ever, such as servers and tools; ids never do, and are forgotten all at once. */
const kept = new Map<string, string>();
const MOST_KEPT = 10_000;

/** One facet as a term: facets narrow a search without a column filter. */
export function facetTerm(facet: string, value: string): string {
  const name = `${facet}\n${value}`;
  const known = kept.get(name);
  if (known !== undefined) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const term = `${MARK}${hash('sha256', name).slice(0, 20)}`;
  kept.set(name, term);
  return term;
}
