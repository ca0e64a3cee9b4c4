/** What a search asks of the word index: terms, and how they come together in a record. */
import { PlaceSet } from './placeSet.ts';

export type TermQuery =
  /** One term, as FTS5 is asked for it. */
  | { readonly term: string }
  /** All of the one, or every record when there are none, and none of the other. */
  | { readonly all: readonly TermQuery[]; readonly not: readonly TermQuery[] }
  | { readonly any: readonly TermQuery[] };

/** Letters of the beginnings of words that the index has. */
export const BEGINNING = 3;

export function word(term: string): { readonly term: string } {
  return { term: `"${term}"` };
}

/** Words that begin so, with `BEGINNING` letters. */
export function beginning(letters: string): { readonly term: string } {
  return { term: `"${letters}" *` };
}

/** The places of a block that match; null for none. `placesOf` gives those of a term. */
export function matching(query: TermQuery, placesOf: (term: string) => PlaceSet | null): PlaceSet | null {
  if ('term' in query) return placesOf(query.term);
  if ('any' in query) return anyOf(query.any.map((one) => matching(one, placesOf)));
  let found: PlaceSet | null = null;
  for (const one of query.all) {
    const more = matching(one, placesOf);
    if (more === null) return null;
    found = found === null ? more : found.and(more).orNull();
    // The terms that follow need not be read.
    if (found === null) return null;
  }
  found ??= PlaceSet.all();
  const less = anyOf(query.not.map((one) => matching(one, placesOf)));
  return less === null ? found : found.without(less).orNull();
}

function anyOf(sets: readonly (PlaceSet | null)[]): PlaceSet | null {
  return sets.reduce((sum, set) => (sum === null || set === null ? (sum ?? set) : sum.or(set)), null);
}
