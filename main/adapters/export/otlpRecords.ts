/** Records as OpenTelemetry sees them: each a log record, each call a span (semantic conventions for MCP). */
import { createHash } from 'node:crypto';
import type { Attributes, HrTime, SpanContext } from '@opentelemetry/api';
import { SeverityNumber, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import type { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import type { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ExportLine } from '../../contract/export.ts';
import type { LedgerRecord } from '../../contract/record.ts';

export type LogRecord = Parameters<OTLPLogExporter['export']>[0][number];
export type Span = Parameters<OTLPTraceExporter['export']>[0][number];

const SCOPE = { name: 'dev.countersign.ledger', version: '1' };
/** Calls that are open at once, as far as their outcome may still come. */
const MOST_OPEN = 10_000;

/** Turns the lines of an export, oldest first, into logs and spans. */
export class OtlpRecords {
  readonly #resource: ReturnType<typeof resourceFromAttributes>;
  readonly #open = new Map<string, ExportLine>();

  /** For the ledger of the device with this public key. */
  constructor(device: string) {
    this.#resource = resourceFromAttributes({ 'service.name': 'countersign', 'dev.countersign.device': device });
  }

  log(line: ExportLine): LogRecord {
    const { record } = line;
    const time = hrTime(record.at);
    const bad = record.type === 'alarm' || record.type === 'refused';
    const context = this.#contextOf(line);
    return {
      hrTime: time,
      hrTimeObserved: time,
      eventName: `dev.countersign.${record.type}.${record.event}`,
      severityNumber: bad ? SeverityNumber.WARN : SeverityNumber.INFO,
      severityText: bad ? 'WARN' : 'INFO',
      body: [record.type, record.event, record.reason].filter((part) => part !== undefined).join(': '),
      attributes: { ...conventions(record), ...own(line) },
      droppedAttributesCount: 0,
      instrumentationScope: SCOPE,
      resource: this.#resource,
      ...(context && { spanContext: context.own }),
    };
  }

  /** The span that this line ends: a call from its intent to its outcome; null for every other line. */
  span(line: ExportLine): Span | null {
    const { record } = line;
    if (record.call === undefined) return null;
    if (record.type === 'intent') {
      if (this.#open.size >= MOST_OPEN) this.#open.delete(this.#open.keys().next().value ?? '');
      this.#open.set(record.call, line);
      return null;
    }
    const intent = this.#open.get(record.call);
    if (record.type !== 'outcome' || intent === undefined) return null;
    const context = this.#contextOf(intent);
    this.#open.delete(record.call);
    const [startTime, endTime] = [hrTime(intent.record.at), hrTime(record.at)];
    const failed = record.event !== 'ok';
    const { method = 'tools/call', tool } = intent.record;
    return {
      name: tool === undefined ? method : `${method} ${tool}`,
      kind: SpanKind.CLIENT,
      spanContext: () => context?.own ?? derived(record.call ?? '').own,
      ...(context?.parent && { parentSpanContext: context.parent }),
      startTime,
      endTime,
      duration: minus(endTime, startTime),
      status: failed
        ? { code: SpanStatusCode.ERROR, message: record.code ?? record.event }
        : { code: SpanStatusCode.UNSET },
      attributes: {
        ...conventions(intent.record),
        ...(failed && { 'error.type': record.code ?? record.event }),
        ...own(intent),
        'dev.countersign.outcome': record.id,
      },
      links: [],
      events: [],
      ended: true,
      resource: this.#resource,
      instrumentationScope: SCOPE,
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
    };
  }

  /** Where the call stands in the trace of whoever made it (W3C Trace Context, in `params._meta`). */
  #contextOf(line: ExportLine): { own: SpanContext; parent?: SpanContext } | null {
    const { call } = line.record;
    if (call === undefined) return null;
    const parent = parseTraceParent(traceparent(this.#open.get(call) ?? line) ?? '');
    const context = derived(call);
    if (parent === null) return context;
    return { own: { ...context.own, traceId: parent.traceId }, parent: { ...parent, isRemote: true } };
  }
}

/** Ids that every export gives this call again. */
function derived(call: string): { own: SpanContext } {
  const hash = createHash('sha256').update(call).digest('hex');
  return { own: { traceId: hash.slice(0, 32), spanId: hash.slice(32, 48), traceFlags: TraceFlags.SAMPLED } };
}

function traceparent({ payload }: ExportLine): string | null {
  if (payload === null) return null;
  try {
    const params = JSON.parse(Buffer.from(payload.bytes, 'base64').toString('utf8')) as {
      _meta?: { traceparent?: unknown };
    };
    const value = params._meta?.traceparent;
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** https://opentelemetry.io/docs/specs/semconv/gen-ai/mcp */
function conventions({ method, session, tool, call }: LedgerRecord): Attributes {
  return {
    ...(method !== undefined && { 'mcp.method.name': method }),
    ...(session !== undefined && { 'mcp.session.id': session }),
    ...(tool !== undefined && { 'gen_ai.tool.name': tool }),
    ...(tool !== undefined &&
      call !== undefined && { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.call.id': call }),
    'network.transport': 'pipe',
  };
}

function own({ seq, record, payload }: ExportLine): Attributes {
  const facts: Record<string, string | number | undefined> = {
    seq,
    record: record.id,
    type: record.type,
    event: record.event,
    server: record.server,
    class: record.class,
    decision: record.decision,
    rule: record.rule?.id,
    code: record.code,
    person: record.person,
    via: record.via,
    client: record.client?.name ?? undefined,
    program: record.client?.program ?? undefined,
    duration_ms: record.durationMs,
    payload: payload === null ? undefined : Buffer.from(payload.bytes, 'base64').toString('utf8'),
  };
  const told = Object.entries(facts).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  return Object.fromEntries(told.map(([name, value]) => [`dev.countersign.${name}`, value]));
}

/** Seconds and nanoseconds of an RFC 3339 time with microseconds. */
function hrTime(at: string): HrTime {
  const micros = Number(at.slice(20, 26).padEnd(6, '0'));
  return [Math.floor(Date.parse(at) / 1000), micros * 1000];
}

function minus([endSeconds, endNanos]: HrTime, [seconds, nanos]: HrTime): HrTime {
  const difference = (endSeconds - seconds) * 1e9 + (endNanos - nanos);
  return difference < 0 ? [0, 0] : [Math.floor(difference / 1e9), difference % 1e9];
}
