/** Requests as the ledger has them, for judging them again. */
import type { RecordView } from '../../contract/record.ts';
import type { ToolClass } from '../../contract/tool.ts';
import { methodRow } from '../../core/mcp/methods.ts';
import { encodeUtf8 } from '../../core/mcp/utf8.ts';
import type { AuditReader } from '../audit/ports.ts';
import { type Call, readCall } from '../proxy/readCall.ts';

const PAGE = 500;

/** A tool call or a request for content, read from its record as it was from its line. */
export interface RecordedCall extends Pick<Call, 'action' | 'tool' | 'args'> {
  readonly server: string;
  readonly class: ToolClass;
  readonly session: string;
  readonly client: string | null;
}

/** The newest `limit` requests that policy judged, newest first: each by its intent, or by the refusal that was its end. */
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

/** The request of such a record; null when its params were not kept or cannot be read. */
export async function recordedCall(reader: AuditReader, record: RecordView): Promise<RecordedCall | null> {
  const { server, session, class: toolClass } = record;
  if (server === undefined || session === undefined || toolClass === undefined) return null;
  const text = record.payloadText ?? (await reader.show(record.id)).find(({ id }) => id === record.id)?.payloadText;
  const call = text === null || text === undefined ? null : callIn(record, encodeUtf8(text));
  if (call === null) return null;
  const { action, tool, args } = call;
  return { action, tool, args, server, session, class: toolClass, client: record.client?.program ?? null };
}

/** A record does not say of which revision its request was: it is read as either. */
function callIn({ id, method = '' }: RecordView, params: Uint8Array): Call | null {
  for (const modern of [false, true]) {
    const call = readCall(id, params, { start: 0, end: params.length }, { method, modern });
    if (!('code' in call)) return call;
  }
  return null;
}

function judged({ method, class: toolClass, rule, payload }: RecordView): boolean {
  const governed = method !== undefined && methodRow('client', method)?.handling === 'governed';
  return governed && toolClass !== undefined && rule !== undefined && payload !== undefined;
}
