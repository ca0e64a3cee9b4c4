/** What a record says, as texts that words are looked for in. */
import type { LedgerRecord } from '../../contract/record.ts';

/** Parts of a record whose names are not the same in all records: these are said too. */
const NAMED: ReadonlySet<string> = new Set(['detail', 'ids']);

/**
 * The texts of a record, one by one: what it holds under the names that all records share, without those names. Its time
 * and what seals its payload are left out: nobody remembers a word of them.
 */
export function recordTexts({ at: _, payload, ...said }: LedgerRecord): string[] {
  const texts: string[] = [];
  for (const [name, value] of Object.entries(said)) collect(value, NAMED.has(name), texts);
  collect([payload?.kind, payload?.masked], false, texts);
  return texts;
}

/** No record of ours is deeper; one that was altered on the disk may be as deep as it likes. */
const DEEPEST = 3;

function collect(value: unknown, named: boolean, texts: string[], depth = 0): void {
  if (typeof value === 'string') texts.push(value);
  else if (typeof value === 'number') texts.push(String(value));
  else if (typeof value === 'object' && value !== null && depth < DEEPEST) {
    for (const [name, member] of Object.entries(value)) {
      if (named) texts.push(name);
      collect(member, named, texts, depth + 1);
    }
  }
}
