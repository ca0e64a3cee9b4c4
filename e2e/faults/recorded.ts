import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { RecordView } from '../../main/contract/record.ts';
import type { Operations } from '../fixtures/door.ts';

const digestOf = (bytes: string) => createHash('sha256').update(bytes).digest('hex');

interface Received {
  readonly name: string;
  readonly arguments: { readonly n: string };
}

/** Digests of the arguments of every call that the recording server wrote down. */
export function seenBy(log: string): string[] {
  return linesOf(log).map(digestOf);
}

/** The calls themselves. */
export function callsIn(log: string): Received[] {
  return linesOf(log).map((line) => JSON.parse(line) as Received);
}

function linesOf(log: string): string[] {
  if (!existsSync(log)) return [];
  const lines = readFileSync(log, 'utf8').split('\n');
  return lines.filter((line) => line !== '');
}

/** Every record of one type, oldest first. */
export async function recordsOf(control: Operations, type: RecordView['type']): Promise<RecordView[]> {
  const records: RecordView[] = [];
  let cursor: number | undefined;
  do {
    const page = await control.audit.search({ type, limit: 500, ...(cursor === undefined ? {} : { cursor }) });
    records.push(...page.records);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return records.reverse();
}

/** Digests of the arguments of every intent in the ledger: what was recorded before it left. */
export async function intended(control: Operations): Promise<Set<string>> {
  const intents = await recordsOf(control, 'intent');
  return new Set(intents.map(({ payloadText }) => digestOf(payloadText ?? '')));
}

/** Calls with an intent and without an outcome. */
export async function openCalls(control: Operations): Promise<string[]> {
  const outcomes = new Set((await recordsOf(control, 'outcome')).map(({ call }) => call));
  const intents = await recordsOf(control, 'intent');
  return intents.flatMap(({ call }) => (call === undefined || outcomes.has(call) ? [] : [call]));
}
