import { describe, expect, test } from 'vitest';
import { ledgerCrypto } from '../../adapters/sqlite/ledgerCrypto.ts';
import type { AuditQuery } from '../../contract/audit.ts';
import type { Audit } from './audit.ts';
import { ExportCheck, type ExportReport } from './checkExport.ts';
import { LedgerFolder } from './fixtures/ledgerFolder.ts';
import { LedgerKey } from './ledgerKey.ts';

function append(audit: Audit, count: number): void {
  for (let turn = 0; turn < count; turn += 1) {
    audit.writer.append(
      { type: 'outcome', event: 'ok', server: turn % 2 === 0 ? 'fs' : 'git', tool: 'read_file' },
      { kind: 'result', bytes: Buffer.from(JSON.stringify({ turn })) },
    );
  }
}

/** The lines of an export in pages of three. */
async function exported(audit: Audit, query: AuditQuery = {}, from = 0): Promise<string[]> {
  const lines: string[] = [];
  let checkpoint: string | undefined;
  for (let at: number | null = from; at !== null; ) {
    const page = await audit.reader.export({ query, from: at, limit: 3, checkpoint });
    if (checkpoint === undefined) lines.push(JSON.stringify(page.header));
    checkpoint = page.header.checkpoint;
    lines.push(...page.lines.map((line) => JSON.stringify(line)));
    at = page.next;
  }
  return lines;
}

function check(folder: LedgerFolder, lines: readonly string[]): ExportReport {
  const run = new ExportCheck(ledgerCrypto, new LedgerKey(ledgerCrypto, folder.keys().publicKey));
  for (const line of lines) run.take(line);
  return run.end();
}

test('everything, or what a search finds, is proved with nothing but the public key', async () => {
  await using folder = new LedgerFolder();
  const audit = await folder.open();
  append(audit, 10);
  const all = await exported(audit);
  expect(all).toHaveLength(11);
  expect(check(folder, all)).toMatchObject({ ok: true, records: 10, message: expect.stringContaining('every record') });
  const some = await exported(audit, { text: 'server:git "turn 5"' });
  expect(check(folder, some)).toMatchObject({ ok: true, records: 1, message: expect.stringContaining('a selection') });
});

test('what is recorded while pages are taken is left to the next export, which goes on', async () => {
  await using folder = new LedgerFolder();
  const audit = await folder.open();
  append(audit, 4);
  const { header, lines, next } = await audit.reader.export({ query: {}, from: 0, limit: 3 });
  append(audit, 4);
  const { checkpoint } = header;
  const rest = await audit.reader.export({ query: {}, from: next ?? 0, limit: 3, checkpoint });
  expect([...lines, ...rest.lines].map(({ seq }) => seq)).toEqual([0, 1, 2, 3]);
  expect(rest.next).toBeNull();
  const more = await exported(audit, {}, 4);
  const whole = [header, ...lines, ...rest.lines].map((line) => JSON.stringify(line)).concat(more);
  expect(check(folder, whole)).toMatchObject({ ok: true, records: 8 });
});

describe('what was done to an export is found at its line', () => {
  test.each<[string, (lines: string[]) => string[], string]>([
    ['a record altered', (l) => l.with(4, (l[4] ?? '').replace('read_file', 'send_mail')), 'Line 5: The record is not'],
    [
      'a payload altered',
      (l) => l.with(4, (l[4] ?? '').replace(/"bytes":"[^"]+"/, '"bytes":"e30="')),
      'Line 5: The payload',
    ],
    ['a record left out', (l) => l.toSpliced(4, 1), 'Line 5: record 3 is missing'],
    ['a record twice', (l) => l.toSpliced(5, 0, l[4] ?? ''), 'Line 6: record 3 stands behind record 3'],
    ['two swapped', (l) => l.with(4, l[5] ?? '').with(5, l[4] ?? ''), 'Line 5: record 3 is missing'],
    ['the end cut off', (l) => l.slice(0, -2), 'ends after record 5; the signed head covers 8'],
    ['the header gone', (l) => l.slice(1), 'Line 1: a record stands before any header'],
    ['another head', (l) => l.with(0, (l[0] ?? '').replace('\\n8\\n', '\\n7\\n')), 'Line 1: its head was not signed'],
    ['a line of something else', (l) => l.with(4, '{"seq":3}'), 'Line 5: it is neither'],
    [
      'called a selection to hide a gap',
      (l) => l.toSpliced(4, 1).with(0, (l[0] ?? '').replace('"query":null', '"query":{}')),
      'a selection',
    ],
  ])('%s', async (name, change, message) => {
    await using folder = new LedgerFolder();
    const audit = await folder.open();
    append(audit, 8);
    const report = check(folder, change(await exported(audit)));
    expect(report.message).toContain(message);
    // A selection proves what it holds and says that it is one.
    expect(report.ok).toBe(name.startsWith('called'));
  });
});

test('a head of another ledger is refused', async () => {
  await using folder = new LedgerFolder();
  await using other = new LedgerFolder();
  const [audit, foreign] = [await folder.open(), await other.open()];
  append(audit, 1);
  append(foreign, 1);
  const { header } = await foreign.reader.export({ query: {}, from: 0, limit: 1 });
  const asked = audit.reader.export({ query: {}, from: 0, limit: 1, checkpoint: header.checkpoint });
  await expect(asked).rejects.toMatchObject({ refusal: { code: 'INPUT_INVALID' } });
});
