/** Words that effect sentences are put together from. */
import { shown } from './shown.ts';

/** JSON pointer → text of every leaf of a call's arguments. */
export type Leaves = ReadonlyMap<string, string>;

/** The text of the first of these arguments, named in one string with spaces between; undefined when there is none. */
export function only(leaves: Leaves, names: string): string | undefined {
  for (const name of names.split(' ')) {
    const leaf = leaves.get(`/${name}`);
    if (leaf !== undefined) return leaf;
  }
  return undefined;
}

/** The texts of an argument that is a list, in order. */
export function listed(leaves: Leaves, name: string): string[] {
  const found: string[] = [];
  for (let at = 0; ; at += 1) {
    const leaf = leaves.get(`/${name}/${at}`);
    if (leaf === undefined) return found;
    found.push(leaf);
  }
}

/** Whether an argument says yes. */
export function isTrue(leaves: Leaves, name: string): boolean {
  return leaves.get(`/${name}`) === 'true';
}

/** The first few of many, made visible, and how many more there are. */
export function someOf(texts: readonly string[], most = 3): string {
  const more = texts.length - most;
  return texts.slice(0, most).map(shown).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

export const quoted = (text: string) => `“${shown(text)}”`;
export const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
export const many = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
