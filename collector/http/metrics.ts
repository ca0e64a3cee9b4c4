/** What this collector has done, for Prometheus. */
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  readonly records: Counter;
  readonly refused: Counter<'code'>;
  readonly ingest: Histogram;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    records: new Counter({ name: 'countersign_records_total', help: 'Records taken in.', registers }),
    refused: new Counter({
      name: 'countersign_refused_total',
      help: 'Requests refused, by code.',
      labelNames: ['code'],
      registers,
    }),
    ingest: new Histogram({
      name: 'countersign_ingest_seconds',
      help: 'Time to take one batch in.',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
  };
}
