/** Calls as the ledger has them, for judging them again. */
import type { RecordView } from '../../contract/record.ts';
import type { ToolClass } from '../../contract/tool.ts';
import { readStrict } from '../../core/mcp/strict.ts';
import type { AuditReader } from '../audit/ports.ts';
import type { ArgumentsNode } from '../proxy/callFacts.ts';

const PAGE = 500;

export interface RecordedCall {
  readonly server: string;
  readonly tool: string;
  readonly class: ToolClass;
  readonly session: string;
  readonly client: string | null;
  readonly arguments: ArgumentsNode;
}

/** The newest `limit` tool calls that policy judged, newest first: each by its intent, or by the refusal that was its end. */
export async function recordedCalls(reader: AuditReader, limit: number): Promise<RecordView[]> {
  const found = new Map<string, RecordView>();
  for (const type of ['intent', 'refused'] as const) {
    let cursor: number | undefined;
    for (let taken = 0; taken < limit; ) {
      const page = await reader.search({ type, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
      for (const record of page.records) {
        if (!judged(record) || taken >= limit) continue;
        taken += 1;
        const call = record.call ?? record.id;
        if (!found.has(call)) found.set(call, record);
      }
      if (page.next === null) break;
      cursor = page.next;
    }
  }
  return [...found.values()].sort((a, b) => b.seq - a.seq).slice(0, limit);
}

/** The call of such a record; null when its arguments were not kept or cannot be read. */
export async function recordedCall(reader: AuditReader, record: RecordView): Promise<RecordedCall | null> {
  const { server, tool, session, class: toolClass } = record;
  if (server === undefined || tool === undefined || session === undefined || toolClass === undefined) return null;
  const text = record.payloadText ?? (await reader.show(record.id)).find(({ id }) => id === record.id)?.payloadText;
  if (text === null || text === undefined) return null;
  const read = readStrict(new TextEncoder().encode(text));
  if (!read.ok || read.node.kind !== 'object') return null;
  const args = read.node.members.find(({ key }) => key === 'arguments')?.value ?? null;
  return { server, tool, session, class: toolClass, client: record.client?.program ?? null, arguments: args };
}

function judged({ method, class: toolClass, rule, payload }: RecordView): boolean {
  return method === 'tools/call' && toolClass !== undefined && rule !== undefined && payload !== undefined;
}
