/** Sending records to an OpenTelemetry collector (OTLP/HTTP with JSON). */
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { Refused } from '../../contract/errors.ts';
import type { ExportLine } from '../../contract/export.ts';
import { OtlpRecords } from './otlpRecords.ts';

/** The libraries try again themselves, with growing delay, for so long. */
const TIMEOUT_MS = 30_000;

export interface OtlpTarget {
  /** Sends the lines of a page; resolves once they were accepted. Rejects with `Refused('INPUT_INVALID')` when they were not. */
  send(lines: readonly ExportLine[]): Promise<void>;
  /** A line that was sent before: what it began may end in one that comes. */
  saw(line: ExportLine): void;
  close(): Promise<void>;
}

/** A collector at the address that `otlpAddress` gave, which `/v1/logs` and `/v1/traces` are added to. */
export function otlpTarget(base: string, device: string, headers: Readonly<Record<string, string>>): OtlpTarget {
  const options = (path: string) => ({ url: `${base}/v1/${path}`, headers: { ...headers }, timeoutMillis: TIMEOUT_MS });
  const logs = new OTLPLogExporter(options('logs'));
  const traces = new OTLPTraceExporter(options('traces'));
  const records = new OtlpRecords(device);
  return {
    async send(lines) {
      const spans = lines.flatMap((line) => records.span(line) ?? []);
      await accepted(base, (done) =>
        logs.export(
          lines.map((line) => records.log(line)),
          done,
        ),
      );
      if (spans.length > 0) await accepted(base, (done) => traces.export(spans, done));
    },
    saw: (line) => void records.span(line),
    async close() {
      await Promise.all([logs.shutdown(), traces.shutdown()]);
    },
  };
}

/**
 * Where a collector at `endpoint` takes records. Throws `Refused('INPUT_INVALID')` for plain HTTP to another machine:
 * arguments and results would travel in clear text.
 */
export function otlpAddress(endpoint: string): string {
  let url: URL;
  try {
    url = new URL(endpoint);
  } catch {
    throw new Refused('INPUT_INVALID', `${endpoint} is no address`);
  }
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && here))
    throw new Refused('INPUT_INVALID', `${endpoint}: records go to other machines over https only`);
  return url.href.replace(/\/+$/, '').replace(/\/v1\/(logs|traces)$/, '');
}

function accepted(base: string, send: (done: (result: ExportResult) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    send(({ code, error }) => {
      if (code === ExportResultCode.SUCCESS) resolve();
      else
        reject(
          new Refused('INPUT_INVALID', `${base} did not take the records: ${error?.message ?? 'no reason given'}`),
        );
    });
  });
}
