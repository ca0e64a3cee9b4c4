/** Texts and facets as terms of the word index. */
import { hash } from 'node:crypto';

/** The index splits at white space only, so both sides of a search must be divided here, alike. */
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** The words of a text: compatibility forms made one, accents dropped, lower case. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replaceAll(/\p{Mn}/gu, '')
      .toLowerCase()
      .match(WORD) ?? []
  );
}

/** One facet as a term that no word of a text is by chance: facets narrow a search without a column filter. */
export function facetTerm(facet: string, value: string): string {
  return `facet${hash('sha256', `${facet}\n${value}`).slice(0, 20)}`;
}
