import type { SearchSuggestion } from '../../../main/contract/search.ts';

/** The text with a suggestion put in, and where the cursor then stands. */
export function inserted(text: string, { insert, start, end }: SearchSuggestion): { text: string; cursor: number } {
  const rest = text.slice(end);
  // A value brings its space along: one is enough.
  const put = insert.endsWith(' ') && rest.startsWith(' ') ? insert.slice(0, -1) : insert;
  return { text: text.slice(0, start) + put + rest, cursor: start + put.length };
}
