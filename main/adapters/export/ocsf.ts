/** Records as events of the Open Cybersecurity Schema Framework (schema.ocsf.io, 1.3.0). */
import type { ExportLine } from '../../contract/export.ts';
import type { LedgerRecord } from '../../contract/record.ts';

const VERSION = '1.3.0';
const PRODUCT = { name: 'Countersign', vendor_name: 'Countersign' };

/** Their ids, as the schema numbers them. */
const API_ACTIVITY = { category_uid: 6, class_uid: 6003 };
const BASE_EVENT = { category_uid: 0, class_uid: 0 };
const ACTIVITY = { read: 2, update: 3, other: 99 };
/** Beside an id of its own the schema wants its own caption; only “other” is called what it is here. */
const CAPTIONS: Readonly<Record<number, string>> = { [ACTIVITY.read]: 'Read', [ACTIVITY.update]: 'Update' };
const SEVERITY = { informational: 1, low: 2, high: 4 };
const STATUS = { success: 1, failure: 2 };

/** One event a line. A call is API Activity; everything else, which the schema has no class for, a Base Event. */
export function ocsfLines(lines: readonly ExportLine[], device: string): string {
  return lines.map((line) => `${JSON.stringify(ocsfEvent(line, device))}\n`).join('');
}

/** The event of a record of the ledger with this public key. What the schema has no place for stands in `unmapped`. */
export function ocsfEvent({ seq, record, payload }: ExportLine, device: string): object {
  const { id, at, type, event, reason, call, durationMs } = record;
  const activity = isCall(record) ? callActivity(record) : { ...BASE_EVENT, activity_id: ACTIVITY.other };
  return {
    ...activity,
    activity_name: CAPTIONS[activity.activity_id] ?? `${type}: ${event}`,
    type_uid: activity.class_uid * 100 + activity.activity_id,
    time: Date.parse(at),
    severity_id: type === 'alarm' ? SEVERITY.high : type === 'refused' ? SEVERITY.low : SEVERITY.informational,
    ...statusOf(record),
    message: reason ?? `${type}: ${event}`,
    ...(durationMs !== undefined && { duration: Math.round(durationMs) }),
    metadata: {
      version: VERSION,
      product: PRODUCT,
      uid: id,
      event_code: `${type}.${event}`,
      original_time: at,
      sequence: seq,
      log_name: device,
      ...(call !== undefined && { correlation_uid: call }),
    },
    unmapped: unmapped(record, payload),
  };
}

/** What a client asked of a server; before a session there is nobody who asks. */
function isCall({ session, method }: LedgerRecord): boolean {
  return session !== undefined && method !== undefined;
}

function callActivity({ session, client, server, method = '', tool, call, code, person, ...record }: LedgerRecord) {
  const reads = record.class === 'read' || record.class === 'read-sensitive';
  const app = client?.name ?? 'unnamed';
  return {
    ...API_ACTIVITY,
    activity_id: reads ? ACTIVITY.read : record.class === 'write' ? ACTIVITY.update : ACTIVITY.other,
    api: {
      operation: tool === undefined ? method : `${method} ${tool}`,
      ...(server !== undefined && { service: { name: server } }),
      ...(call !== undefined && { request: { uid: call } }),
      ...(code !== undefined && { response: { error: code } }),
    },
    actor: {
      app_name: app,
      session: { uid: session },
      ...(person !== undefined && { user: { name: person } }),
      ...(client?.pid != null && { process: { pid: client.pid, ...(client.program && { name: client.program }) } }),
    },
    // It came from a program of this machine.
    src_endpoint: { svc_name: app },
  };
}

function statusOf({ type, event }: LedgerRecord): { status_id?: number } {
  if (type === 'refused') return { status_id: STATUS.failure };
  if (type !== 'outcome') return {};
  return { status_id: event === 'ok' ? STATUS.success : STATUS.failure };
}

function unmapped(record: LedgerRecord, payload: ExportLine['payload']): object {
  const { ask, decision, rule, code, person, via, model, prompt, ids, digests, detail, server, tool } = record;
  const facts = { class: record.class, ask, decision, rule: rule?.id, code, person, via, server, tool };
  return {
    ...Object.fromEntries(
      Object.entries({ ...facts, model, prompt, ids, digests, detail }).filter(([, value]) => value !== undefined),
    ),
    ...(payload !== null && { payload: Buffer.from(payload.bytes, 'base64').toString('utf8') }),
  };
}
