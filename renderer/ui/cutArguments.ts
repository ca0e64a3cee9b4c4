/** Which arguments of a call are not wholly in sight at first. */
import type { ShownArgument } from '../../main/contract/ask.ts';
import { isCut } from './cut.ts';
import { jsonNodes } from './jsonNodes.ts';
import { isTreeCut } from './jsonRows.ts';
import { readable } from './jsonText.ts';

/** Longer lists of arguments begin with these. */
const FIRST = 24;
const MANY = 30;

/** Those that are in sight before the person asks for all. */
export function firstArguments(items: readonly ShownArgument[]): readonly ShownArgument[] {
  return items.length > MANY ? items.slice(0, FIRST) : items;
}

/** Pointers of those of which a part has to be opened; an empty pointer stands for the rest of a long list. */
export function cutArguments(items: readonly ShownArgument[]): string[] {
  const cut = items.filter(({ json }) => isArgumentCut(json)).map(({ pointer }) => pointer);
  return firstArguments(items).length < items.length ? ['', ...cut] : cut;
}

function isArgumentCut(json: string): boolean {
  const { kind, text } = readable(json);
  if (kind !== 'structure') return isCut(text);
  const root = jsonNodes(json);
  return root === null ? isCut(text) : isTreeCut(root);
}
