/** Records as comma-separated values (RFC 4180). */
import { stringify } from 'csv-stringify/sync';
import type { ExportLine } from '../../contract/export.ts';
import type { LedgerRecord } from '../../contract/record.ts';

const COLUMNS: readonly (readonly [string, (record: LedgerRecord) => unknown])[] = [
  ['at', (record) => record.at],
  ['type', (record) => record.type],
  ['event', (record) => record.event],
  ['server', (record) => record.server],
  ['tool', (record) => record.tool],
  ['method', (record) => record.method],
  ['class', (record) => record.class],
  ['decision', (record) => record.decision],
  ['rule', (record) => record.rule?.id],
  ['code', (record) => record.code],
  ['reason', (record) => record.reason],
  ['person', (record) => record.person],
  ['via', (record) => record.via],
  ['client', (record) => record.client?.name],
  ['program', (record) => record.client?.program],
  ['session', (record) => record.session],
  ['call', (record) => record.call],
  ['durationMs', (record) => record.durationMs],
  ['id', (record) => record.id],
];

/** The header line, CRLF included. */
export function csvHead(): string {
  return stringify([['seq', ...COLUMNS.map(([name]) => name), 'payload']], { record_delimiter: 'windows' });
}

/** Lines of records. Cells that a spreadsheet would take for a formula are written as text (CWE-1236). */
export function csvLines(lines: readonly ExportLine[]): string {
  const rows = lines.map(({ seq, record, payload }) => [
    seq,
    ...COLUMNS.map(([, value]) => value(record)),
    payload === null ? '' : Buffer.from(payload.bytes, 'base64').toString('utf8'),
  ]);
  return stringify(rows, { record_delimiter: 'windows', escape_formulas: true });
}
