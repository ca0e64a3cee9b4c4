/** A change of `servers.json` as its record tells it. */
import type { Payload } from '../../contract/record.ts';
import type { ServerEntry } from '../../contract/server.ts';
import { parseReferences } from '../../core/launch/references.ts';
import { canonicalJson } from '../../core/ledger/canonical.ts';
import { changed } from '../audit/changed.ts';

/** Names of what differs, such as `command` and `env TOKEN`; of an entry that came or went nothing. */
export function changedKeys(before: ServerEntry, after: ServerEntry): string[] {
  return [
    ...differing(before, after).filter((key) => key !== 'env'),
    ...differing(before.env, after.env).map((variable) => `env ${variable}`),
  ];
}

/** The entry before and after, without values that stand in its environment: those may be anything. */
export function entryChange(before: ServerEntry | undefined, after: ServerEntry | undefined): Payload {
  return changed(withoutValues(before), withoutValues(after));
}

function withoutValues(entry: ServerEntry | undefined): ServerEntry | null {
  if (entry === undefined) return null;
  const env = Object.entries(entry.env).map(([variable, value]) => [variable, isReference(value) ? value : 'a value']);
  return { ...entry, env: Object.fromEntries(env) };
}

function isReference(value: string): boolean {
  const parsed = parseReferences(value);
  return parsed.ok && parsed.parts.every((part) => 'secret' in part);
}

function differing(before: object, after: object): string[] {
  const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const same = (key: string) => canonicalJson(was.get(key) ?? null) === canonicalJson(is.get(key) ?? null);
  return [...new Set([...was.keys(), ...is.keys()])].filter((key) => !same(key)).sort();
}
