/** What a session read and where things went, as its arguments name them. */
import type { RecordView } from '../../../main/contract/record.ts';
import { parsed } from '../../ui/jsonText.ts';

export interface Touched {
  /** Files and addresses that were read, in the order they first were. */
  readonly read: readonly string[];
  /** What was written here, and where something left this machine. */
  readonly written: readonly string[];
  readonly sent: readonly string[];
}

const NAMED = /^(?:[a-z][a-z0-9+.-]*:\/\/|~?\/|\.{1,2}\/|[A-Za-z]:[\\/])\S/i;
const LONGEST = 300;

/** From the intents of a session: only what was forwarded had an effect. */
export function touched(records: readonly RecordView[]): Touched {
  const found = { read: new Set<string>(), written: new Set<string>(), sent: new Set<string>() };
  for (const record of records) {
    if (record.type !== 'intent') continue;
    const names = record.payloadText === null ? [] : placesIn(parsed(record.payloadText));
    const where = record.class === 'external' ? found.sent : record.class === 'write' ? found.written : found.read;
    const shown = names.length > 0 ? names : record.class === 'external' ? [`${record.server} › ${record.tool}`] : [];
    for (const name of shown) where.add(name);
  }
  return { read: [...found.read], written: [...found.written], sent: [...found.sent] };
}

/** Strings in a value that are paths or addresses. */
function placesIn(value: unknown): string[] {
  if (typeof value === 'string') return NAMED.test(value) && value.length <= LONGEST ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(placesIn);
}
