import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { newId } from '../../adapters/system/ids.ts';
import { ManualClock } from '../manualClock.ts';
import { LedgerFolder } from './fixtures/ledgerFolder.ts';

const json = (value: unknown) => ({ kind: 'arguments', bytes: Buffer.from(JSON.stringify(value)) }) as const;

test('what was appended is counted, found, shown with its call, and proved', async () => {
  await using folder = new LedgerFolder();
  const { writer, reader } = await folder.open();
  const call = newId();
  const intent = writer.append(
    { type: 'intent', event: 'forwarding', server: 'fs', tool: 'write_file', call },
    json({ path: '/tmp/notes.txt' }),
  );
  writer.append({ type: 'outcome', event: 'ok', server: 'fs', tool: 'write_file', call, durationMs: 12.5 });
  writer.append({ type: 'session', event: 'closed' });
  await writer.synced(intent);

  expect(reader.count()).toBe(3);
  expect(reader.record(intent.id)).toMatchObject({ type: 'intent', call, payload: { kind: 'arguments', masked: [] } });
  expect((await reader.show(intent.id)).map(({ event, seq }) => [seq, event])).toEqual([
    [0, 'forwarding'],
    [1, 'ok'],
  ]);
  const page = await reader.search({ words: 'notes.txt', server: 'fs' });
  expect(page).toMatchObject({
    total: 1,
    next: null,
    records: [{ id: intent.id, payloadText: '{"path":"/tmp/notes.txt"}' }],
  });
  expect(await reader.verify()).toMatchObject({ ok: true, records: 3, fault: null });
});

test('an unknown id shows nothing', async () => {
  await using folder = new LedgerFolder();
  const { reader } = await folder.open();
  expect(await reader.show(newId())).toEqual([]);
  expect(reader.record(newId())).toBeUndefined();
  expect(await reader.verify()).toMatchObject({ ok: true, records: 0, root: null });
});

test('a ledger goes on where it was closed, in the same epoch', async () => {
  await using folder = new LedgerFolder();
  const first = await folder.open();
  first.writer.append({ type: 'daemon', event: 'started' });
  await first.close();
  const second = await folder.open();
  second.writer.append({ type: 'daemon', event: 'started' });
  await second.settle();
  expect(second.findings).toEqual([]);
  expect(await second.reader.verify()).toMatchObject({ ok: true, records: 2, signed: 2, checkpoints: 2 });
  expect(folder.anchor()).toMatch(/^countersign\.dev\/ledger\/[0-9a-f]{16}\/1\n2\n/);
});

test('a signed head covers every record within a second, and is kept elsewhere', async () => {
  await using folder = new LedgerFolder();
  const clock = new ManualClock();
  const { writer, reader } = await folder.open({ clock });
  writer.append({ type: 'daemon', event: 'started' });
  expect(folder.anchor()).toBeNull();
  clock.pass(999);
  await expect.poll(() => folder.anchor()?.split('\n')[1]).toBe('1');
  expect(await reader.verify()).toMatchObject({ ok: true, signed: 1 });
});

test('whoever listens hears of each record until they stop', async () => {
  await using folder = new LedgerFolder();
  const { writer, reader } = await folder.open();
  const heard: number[] = [];
  const stop = reader.onAppend(({ seq }) => heard.push(seq));
  writer.append({ type: 'daemon', event: 'started' });
  writer.append({ type: 'session', event: 'opened' });
  stop();
  writer.append({ type: 'session', event: 'closed' });
  expect(heard).toEqual([0, 1]);
});

test('a secret in use is found nowhere on the disk, in no form', async () => {
  await using folder = new LedgerFolder();
  const secret = 'cana"ry/s3cret with spaces+more';
  const { writer, reader, settle } = await folder.open({ secretValues: { values: () => [secret] } });
  const base64 = Buffer.from(`user:${secret}`).toString('base64');
  const { id } = writer.append(
    { type: 'intent', event: 'forwarding', reason: `because ${secret}`, detail: { note: secret }, call: newId() },
    json({ plain: secret, header: `Basic ${base64}`, url: `https://x/?q=${encodeURIComponent(secret)}`, [secret]: 1 }),
  );
  await reader.search({ words: 'because' });
  await settle();
  const kept = (await reader.show(id))[0];
  expect(kept?.payload?.masked.map(({ pointer }) => pointer)).toEqual([
    '/plain',
    '/header',
    '/url',
    '/[masked: keychain-secret]',
  ]);
  for (const name of readdirSync(folder.path).filter((one) => /\.db/.test(one))) {
    const bytes = readFileSync(folder.file(name)).toString('latin1');
    for (const form of [secret, 's3cret', 'S3cret', base64.slice(8, -8), encodeURIComponent(secret)]) {
      expect(bytes.includes(form), `${form} in ${name}`).toBe(false);
    }
  }
  expect(await reader.verify()).toMatchObject({ ok: true });
});

test('bytes that are no text are sealed, not kept, and recorded as not searched', async () => {
  await using folder = new LedgerFolder();
  const { writer, reader } = await folder.open();
  const { id } = writer.append(
    { type: 'outcome', event: 'ok' },
    { kind: 'result', bytes: Uint8Array.of(0xff, 0xfe, 0) },
  );
  const [view] = await reader.show(id);
  expect(view?.payloadText).toBeNull();
  expect(view?.payload).toMatchObject({
    bytes: 3,
    masked: [{ pointer: '', rule: 'not-searched', start: 0, length: 3 }],
  });
  expect(await reader.verify()).toMatchObject({ ok: true });
});

test('after it was closed nothing is written, and that is said', async () => {
  await using folder = new LedgerFolder();
  const { writer, close } = await folder.open();
  await close();
  expect(() => writer.append({ type: 'daemon', event: 'stopped' })).toThrow(
    expect.objectContaining({ refusal: expect.objectContaining({ code: 'AUDIT_UNAVAILABLE' }) }),
  );
});
