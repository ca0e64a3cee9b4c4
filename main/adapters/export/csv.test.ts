import { expect, test } from 'vitest';
import type { ExportLine } from '../../contract/export.ts';
import { csvHead, csvLines } from './csv.ts';

const line = (text: string): ExportLine => ({
  seq: 7,
  record: {
    type: 'outcome',
    event: 'ok',
    id: '0199',
    at: '2026-11-21T03:00:00.000000Z',
    server: 'fs',
    tool: text,
    rule: { id: 'reads, and more', file: null, line: null },
  } as ExportLine['record'],
  path: [],
  payload: { key: '', bytes: Buffer.from('{"a":"b\n"}').toString('base64') },
});

test('a column for each fact, quoted where it must be', () => {
  expect(csvHead().trimEnd().split(',')).toHaveLength(21);
  expect(csvLines([line('read_file')])).toBe(
    '7,2026-11-21T03:00:00.000000Z,outcome,ok,fs,read_file,,,,"reads, and more",,,,,,,,,,0199,"{""a"":""b\n""}"\r\n',
  );
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])('%j is no formula', (text) => {
  expect(csvLines([line(text)])).toContain(`'${text}`);
});
