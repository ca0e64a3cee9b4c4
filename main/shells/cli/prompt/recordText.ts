import { readChanges } from '../../../contract/change.ts';
import { type RecordView, recordPlace } from '../../../contract/record.ts';
import type { Paint } from '../paint.ts';
import { visible } from '../visible.ts';
import { changeText } from './changeText.ts';

/** A record as one row: sequence, time, type and event, what, verdict, id. */
export function recordRow(record: RecordView, paint: Paint): string[] {
  return [
    String(record.seq),
    paint.dim(record.at.slice(0, 23).replace('T', ' ')),
    `${record.type} ${record.event}`,
    visible(recordPlace(record) || String(record.detail?.name ?? record.reason ?? '')),
    verdictText(record, paint),
    paint.dim(record.id),
  ];
}

function verdictText({ decision, code }: RecordView, paint: Paint): string {
  if (code !== undefined) return paint.bad(code);
  if (decision === undefined) return '';
  return { allow: paint.good, ask: paint.warn, deny: paint.bad }[decision](decision);
}

/** What a person was shown of files, line by line; none for a record of anything else. */
export function recordChanges({ payloadText }: RecordView, paint: Paint): string[] {
  return (readChanges(payloadText) ?? []).flatMap((change) => changeText(change, paint, true).lines);
}

/** Every fact of a record, one a line; last its payload, unless that is of changes to files. */
export function recordFacts(record: RecordView, paint: Paint): string[][] {
  const { payloadText, payload, client, rule, digests, detail, model, prompt, ids, ...facts } = record;
  const rows = Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, visible(String(typeof value === 'number' ? Math.round(value) : value))]);
  if (client !== undefined)
    rows.push([
      'client',
      visible(
        `${client.name ?? 'unnamed'} ${client.version ?? ''} (process ${client.pid ?? 'unknown'}, ${client.program ?? 'program unknown'})`,
      ),
    ]);
  if (rule !== undefined)
    rows.push(['rule', visible(rule.file === null ? rule.id : `${rule.id} (${rule.file}:${rule.line ?? '?'})`)]);
  if (record.type === 'intent') {
    const none = 'not provided by the client';
    rows.push(['model', model === undefined ? none : visible(`${model.value} (${model.source})`)]);
    rows.push(['prompt', prompt === undefined ? none : `record ${prompt.record} (${prompt.source})`]);
  }
  for (const [key, value] of Object.entries(ids ?? {})) rows.push([visible(key), visible(value)]);
  for (const [key, value] of Object.entries(digests ?? {})) rows.push([`digest ${key}`, value]);
  for (const [key, value] of Object.entries(detail ?? {})) rows.push([visible(key), visible(String(value))]);
  if (payload !== undefined && readChanges(payloadText) === null)
    rows.push([payload.kind, payloadText === null ? 'not kept' : visible(payloadText)]);
  return rows.map(([key = '', value = '']) => [paint.dim(key), value]);
}
