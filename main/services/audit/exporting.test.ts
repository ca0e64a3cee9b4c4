import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ledgerCrypto } from '../../adapters/sqlite/ledgerCrypto.ts';
import { newId } from '../../adapters/system/ids.ts';
import type { ExportPage, ExportQuery } from '../../contract/export.ts';
import { Refused } from '../../contract/refusal.ts';
import { FOR_EVER } from '../../contract/retention.ts';
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

const ADA = { person: 'ada', via: 'window' } as const;
const wish = (query: ExportQuery = {}, from = 0) => ({ query, from, as: 'jsonl' });

/** The lines of an export in pages of three. */
async function exported({ exporting }: Audit, query: ExportQuery = {}, from = 0): Promise<string[]> {
  const { export: id, header } = await exporting.begin(wish(query, from), ADA);
  const lines = [JSON.stringify(header)];
  for (let at: number | null = from; at !== null; ) {
    const page: ExportPage = await exporting.page(id, at, 3, ADA);
    lines.push(...page.lines.map((line) => JSON.stringify(line)));
    at = page.next;
  }
  return lines;
}

function check(folder: LedgerFolder, lines: readonly string[], witness?: string | null): ExportReport {
  const key = new LedgerKey(ledgerCrypto, folder.keys().publicKey);
  const run = new ExportCheck({ crypto: ledgerCrypto, key, ...(witness && { witness }) });
  for (const line of lines) run.take(line);
  return run.end();
}

test('everything, or what a search finds, is proved with nothing but the public key', async () => {
  await using folder = new LedgerFolder();
  const audit = await folder.open();
  append(audit, 10);
  const all = await exported(audit);
  // The header, and last the record of the export itself.
  expect(all).toHaveLength(12);
  expect(check(folder, all)).toMatchObject({
    ok: true,
    records: 11,
    bare: 0,
    message: expect.stringContaining('every record'),
  });
  const some = await exported(audit, { text: 'server:git "turn 5"' });
  expect(check(folder, some)).toMatchObject({ ok: true, records: 1, message: expect.stringContaining('a selection') });
});

test('what is recorded while pages are taken is left to the next export, which goes on', async () => {
  await using folder = new LedgerFolder();
  const audit = await folder.open();
  append(audit, 4);
  const { export: id, header } = await audit.exporting.begin(wish(), ADA);
  const { lines, next } = await audit.exporting.page(id, 0, 3, ADA);
  append(audit, 4);
  const rest = await audit.exporting.page(id, next ?? 0, 3, ADA);
  expect([...lines, ...rest.lines].map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4]);
  expect(rest.next).toBeNull();
  const more = await exported(audit, {}, 5);
  const whole = [header, ...lines, ...rest.lines].map((line) => JSON.stringify(line)).concat(more);
  expect(check(folder, whole)).toMatchObject({ ok: true, records: 10 });
});

test('who takes what out is on record before anything leaves, and nobody else gets pages of it', async () => {
  await using folder = new LedgerFolder();
  const audit = await folder.open();
  append(audit, 2);
  const asked = { query: { text: 'server:git' }, from: 0, as: 'otlp', to: 'https://otel.example' };
  const { export: id } = await audit.exporting.begin(asked, ADA);
  expect(audit.reader.record(id)).toMatchObject({
    type: 'export',
    event: 'begun',
    ...ADA,
    detail: { text: 'server:git', from: 0, as: 'otlp', to: 'https://otel.example' },
  });
  const refused = { refusal: { code: 'NOT_FOUND' } };
  await expect(audit.exporting.page(id, 0, 3, { via: 'control' })).rejects.toMatchObject(refused);
  await expect(audit.exporting.page(newId(), 0, 3, ADA)).rejects.toMatchObject(refused);
});

test('what means nothing or cannot be recorded is not begun', async () => {
  await using folder = new LedgerFolder();
  const audit = await folder.open();
  const before = audit.reader.count();
  await expect(audit.exporting.begin(wish({ text: 'verdikt:denied' }), ADA)).rejects.toMatchObject({
    refusal: { code: 'INPUT_INVALID' },
  });
  expect(audit.reader.count()).toBe(before);
  await using locked = new LedgerFolder();
  const headless = await locked.open({
    headAnchor: { load: async () => null, save: () => Promise.reject(new Refused('KEYCHAIN_UNAVAILABLE')) },
  });
  await expect(headless.exporting.begin(wish(), ADA)).rejects.toMatchObject({
    refusal: { code: 'KEYCHAIN_UNAVAILABLE' },
  });
});

test('a page ends once it holds much, whatever number of records was asked for', async () => {
  await using folder = new LedgerFolder();
  const audit = await folder.open();
  const bytes = Buffer.from(JSON.stringify('x'.repeat(5 * 1024 * 1024)));
  for (let more = 0; more < 3; more += 1)
    audit.writer.append({ type: 'outcome', event: 'ok' }, { kind: 'result', bytes });
  const { export: id } = await audit.exporting.begin(wish(), ADA);
  const { lines, next } = await audit.exporting.page(id, 0, 500, ADA);
  expect([lines.map(({ seq }) => seq), next]).toEqual([[0, 1], 2]);
});

test('what retention drops under an export ends it: begun again, it proves', async () => {
  await using folder = new LedgerFolder();
  const audit = await folder.open();
  append(audit, 5);
  const { export: id } = await audit.exporting.begin(wish(), ADA);
  await audit.retention.set({ ...FOR_EVER, records: 4 }, ADA);
  await expect(audit.exporting.page(id, 0, 3, ADA)).rejects.toMatchObject({ refusal: { code: 'NOT_FOUND' } });
  const report = check(folder, await exported(audit));
  expect(report).toMatchObject({ ok: true, message: expect.stringContaining(`${report.bare} of them without`) });
  expect(report.bare).toBeGreaterThan(2);
});

test('what is damaged on the disk keeps nothing else from being taken out, and is missed by whoever proves it', async () => {
  await using folder = new LedgerFolder();
  const before = await folder.open();
  append(before, 4);
  const damaged = before.writer.append({ type: 'outcome', event: 'ok' }, { kind: 'result', bytes: Buffer.from('{}') });
  append(before, 1);
  await before.close();
  folder.tamper('ledger.db', (db) => db.exec(`UPDATE payloads SET codec = 1 WHERE seq = ${damaged.seq}`));
  const audit = await folder.open();
  expect(await audit.reader.prove(damaged.id)).toMatchObject({ seq: damaged.seq, payload: null });
  expect(check(folder, await exported(audit))).toMatchObject({
    ok: false,
    records: 7,
    message: expect.stringContaining(`payload of record ${damaged.seq} is missing`),
  });
  await audit.close();
  folder.tamper('ledger.db', (db) => db.exec("UPDATE records SET leaf = CAST('7' AS BLOB) WHERE seq = 2"));
  const deep = `{"detail":${'['.repeat(20_000)}${']'.repeat(20_000)},`;
  folder.tamper('ledger.db', (db) =>
    db
      .prepare(
        "UPDATE records SET leaf = CAST(replace(CAST(leaf AS TEXT), '{\"at', ? || '\"at') AS BLOB) WHERE seq = 3",
      )
      .run(deep),
  );
  const lines = await exported(await folder.open());
  expect(lines.slice(1).map((line) => JSON.parse(line).seq)).not.toContain(3);
  expect(check(folder, lines)).toMatchObject({ ok: false, message: expect.stringContaining('record 2 is missing') });
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
    ['the end cut off', (l) => l.slice(0, -2), 'ends after record 6; the signed head covers 9'],
    ['the header gone', (l) => l.slice(1), 'Line 1: a record stands before any header'],
    ['another head', (l) => l.with(0, (l[0] ?? '').replace('\\n9\\n', '\\n7\\n')), 'Line 1: its head was not signed'],
    [
      'a payload taken out',
      (l) => l.with(4, (l[4] ?? '').replace(/"payload":\{"key[^}]+\}/, '"payload":null')),
      'payload of record 3 is missing, and no record says that it was dropped',
    ],
    [
      'half a character put in',
      (l) => l.with(4, (l[4] ?? '').replace('read_file', '\\ud800')),
      'Line 5: The record has no',
    ],
    [
      'a member without end put in',
      (l) => l.with(4, (l[4] ?? '').replace('"read_file"', `${'['.repeat(100_000)}${']'.repeat(100_000)}`)),
      'Line 5: The record has no',
    ],
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

describe('a head that was kept elsewhere is held against an export', () => {
  test('it covers more than the export, whose own head is an older one', async () => {
    await using folder = new LedgerFolder();
    const audit = await folder.open();
    append(audit, 4);
    const older = await exported(audit);
    append(audit, 4);
    await audit.settle();
    expect(check(folder, older)).toMatchObject({ ok: true });
    expect(check(folder, older, folder.anchor())).toMatchObject({
      ok: false,
      message: 'It goes up to record 4; the head that was kept elsewhere covers 9.',
    });
  });

  test('it is of another history, which the same keys have signed', async () => {
    await using folder = new LedgerFolder();
    const audit = await folder.open();
    append(audit, 4);
    await audit.settle();
    const witness = folder.anchor();
    await audit.close();
    for (const name of ['ledger.db', 'words.db', 'state.db', 'head']) rmSync(folder.file(name));
    const forged = await folder.open();
    append(forged, 6);
    const lines = await exported(forged);
    expect(check(folder, lines)).toMatchObject({ ok: true });
    expect(check(folder, lines, witness)).toMatchObject({ ok: false, message: expect.stringContaining('Line 5: ') });
    const some = await exported(forged, { server: 'git' });
    expect(check(folder, some, witness)).toMatchObject({ ok: false, message: expect.stringContaining('A selection') });
  });

  test('it is the one that the export has', async () => {
    await using folder = new LedgerFolder();
    const audit = await folder.open();
    append(audit, 4);
    for (const query of [{}, { server: 'git' }]) {
      const lines = await exported(audit, query);
      expect(check(folder, lines, audit.reader.identity().checkpoint)).toMatchObject({ ok: true });
    }
  });
});
