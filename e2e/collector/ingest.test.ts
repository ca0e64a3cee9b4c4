/** What a collector takes and what it refuses, from devices that do as they like. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SyncDevice } from '../../bench/syncDevice.ts';
import type { SyncBatch } from '../../main/contract/collector.ts';
import { type Collector, type Fleet, foundAt, startCollector } from '../fixtures/collector.ts';
import { refusedWith } from '../fixtures/door.ts';
import { type Postgres, startPostgres } from '../fixtures/postgres.ts';

let postgres: Postgres;
let data: string;
let collector: Collector;
let fleet: Fleet;
let owner: pg.Client;

beforeAll(async () => {
  postgres = await startPostgres();
  data = mkdtempSync(join(tmpdir(), 'countersign-collector-'));
  const args = ['--records-per-minute', '8000'];
  collector = await startCollector({ data, databaseUrl: postgres.url, args });
  ({ fleet } = await foundAt(collector.url, collector.bootstrap ?? '', 'Acme'));
  owner = new pg.Client(postgres.url);
  await owner.connect();
}, 60_000);
afterAll(async () => {
  await owner.end();
  await collector.stop();
  await postgres.stop();
  rmSync(data, { recursive: true, force: true });
});

async function device(): Promise<SyncDevice> {
  const made = new SyncDevice(collector.url);
  await made.enrol(fleet);
  return made;
}

async function code(answer: Promise<Response>): Promise<string> {
  const { code: refused } = (await (await answer).json()) as { code?: string };
  return refused ?? 'taken';
}

/** Everything that is kept of records, as one text. */
async function kept(): Promise<unknown> {
  const { rows } = await owner.query(
    "select (select md5(string_agg(r::text, ',' order by device_id, epoch, seq)) from records r) as records, (select md5(string_agg(p::text, ',' order by device_id, epoch, seq)) from payloads p) as payloads, (select count(*) from segments) as segments",
  );
  return rows[0];
}

const change = (body: Buffer | undefined, edit: (batch: SyncBatch) => void) => {
  const batch = JSON.parse(zstdDecompressSync(body ?? Buffer.alloc(0)).toString()) as SyncBatch;
  edit(batch);
  return zstdCompressSync(Buffer.from(JSON.stringify(batch)));
};

test('a queue that is replayed three times leaves identical rows', async () => {
  const sender = await device();
  await sender.prepare(1500);
  await sender.send();
  const once = await kept();
  for (let again = 0; again < 3; again += 1) await sender.send();
  expect(await kept()).toEqual(once);
  expect(once).toMatchObject({ segments: '2' });
  const found = await fleet.fleet.search({ words: 'budget 1005' });
  expect(found.records).toMatchObject([
    { seq: 1005, form: 'everything', payload: expect.stringContaining('budget 1005') },
  ]);
});

test('two batches at once through one head are taken in order, once', async () => {
  const sender = await device();
  await sender.prepare(500);
  const [body] = sender.bodies();
  const answers = await Promise.all([1, 2, 3].map(() => code(sender.request(body ?? Buffer.alloc(0)))));
  expect(answers).toEqual(['taken', 'taken', 'taken']);
});

test('a request counts once, unaltered, in its time, and signed by the device it names', async () => {
  const sender = await device();
  await sender.prepare(10);
  const body = sender.bodies()[0] ?? Buffer.alloc(0);
  const headers = await sender.signed(body);
  const send = (own: Record<string, string>, bytes = body) =>
    code(fetch(`${collector.url}v1/device/batches`, { method: 'POST', headers: own, body: new Uint8Array(bytes) }));
  expect(await send({ 'content-type': 'application/json' })).toBe('SIGNATURE_REFUSED');
  expect(
    await send(
      headers,
      change(body, (batch) => batch.records.pop()),
    ),
  ).toBe('SIGNATURE_REFUSED');
  const stranger = await (await device()).signed(body);
  expect(await send({ ...stranger, signature: headers.signature ?? '' })).toBe('SIGNATURE_REFUSED');
  expect(await send(await sender.signed(body, new Date(Date.now() - 601_000)))).toBe('SIGNATURE_REFUSED');
  expect(await send(await sender.signed(body, new Date(Date.now() + 601_000)))).toBe('SIGNATURE_REFUSED');
  expect(await send(headers)).toBe('taken');
  expect(await send(headers)).toBe('SIGNATURE_REFUSED');
});

test('a stranger is refused before the body has come, and no more of it is taken', async () => {
  const sender = await device();
  const { host, port } = new URL(collector.url);
  const headers = { ...(await sender.signed(Buffer.alloc(0))), signature: 'sig=:AAAA:', host, 'content-length': 1e6 };
  const socket = connect(Number(port), '127.0.0.1');
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  // Not one byte of the million that were announced.
  socket.write(['POST /v1/device/batches HTTP/1.1', ...lines, '', ''].join('\r\n'));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  expect(answer.toString()).toMatch(/^HTTP\/1.1 401 /);
  expect(answer.toString()).toContain('SIGNATURE_REFUSED');
});

test('a device has a few requests under way, and is refused another one before its body has come', async () => {
  const sender = await device();
  const { host, port } = new URL(collector.url);
  const begin = async () => {
    const headers = { ...(await sender.signed(Buffer.alloc(0))), host, 'content-length': 1e6 };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(['POST /v1/device/batches HTTP/1.1', ...lines, '', ''].join('\r\n'));
    return socket;
  };
  const sockets = await Promise.all(Array.from({ length: 5 }, begin));
  const [answer] = (await Promise.race(sockets.map((socket) => once(socket, 'data')))) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1.1 429 /);
  for (const socket of sockets) socket.destroy();
  // What went away in the middle makes room again.
  await expect.poll(async () => (await sender.request(Buffer.alloc(0))).status).toBe(400);
});

test('records in between are asked for, a head that covers too little is none', async () => {
  const sender = await device();
  await sender.prepare(1500);
  const [first, second] = sender.bodies();
  expect(await code(sender.request(second ?? Buffer.alloc(0)))).toBe('SEQUENCE_GAP');
  const short = change(first, (batch) => {
    batch.note = batch.note.replace('\n1500\n', '\n900\n');
  });
  expect(await code(sender.request(short))).toBe('INPUT_INVALID');
});

test('history that was changed or cut off is refused, recorded, and stays refused', async () => {
  for (const [kind, prepare] of [
    ['altered', (one: SyncDevice) => one.prepare(120, { other: 40 })],
    ['truncated', (one: SyncDevice) => one.prepare(50)],
  ] as const) {
    const sender = await device();
    await sender.prepare(100);
    await sender.send();
    await prepare(sender);
    await expect(sender.send()).rejects.toThrow('CONTINUITY_BROKEN');
    const [newest] = await fleet.fleet.breaks();
    expect(newest).toMatchObject({ kind, known: expect.stringContaining('\n100\n'), shown: expect.any(String) });
    // What goes on as if nothing had been is not taken either.
    await sender.prepare(200);
    await expect(sender.send()).rejects.toThrow('CONTINUITY_BROKEN');
  }
  expect((await fleet.fleet.devices()).filter(({ broken }) => broken)).toHaveLength(2);
});

test('a new epoch is taken beside the old one, and where they part is named', async () => {
  const sender = await device();
  await sender.prepare(100);
  await sender.send();
  await sender.prepare(120, { other: 70, epoch: 2 });
  await sender.send();
  const found = (await fleet.fleet.breaks()).filter(({ epoch }) => epoch === 2);
  expect(found.map(({ kind, seq }) => [kind, seq]).sort()).toEqual([
    ['altered', 70],
    ['new-epoch', null],
  ]);
});

test('a leaf or a payload that was exchanged on the way does not pass', async () => {
  const sender = await device();
  await sender.prepare(20);
  const [body] = sender.bodies();
  const payload = change(body, ({ records: [, second] }) => {
    if (second && 'leaf' in second && second.payload)
      second.payload.body = Buffer.from('something else').toString('base64');
  });
  expect(await code(sender.request(payload))).toBe('taken');
  expect((await fleet.fleet.breaks())[0]).toMatchObject({ kind: 'payload', seq: 1 });
  const other = await device();
  await other.prepare(20);
  const leaf = change(other.bodies()[0], ({ records: [first] }) => {
    if (first && 'leaf' in first) first.leaf = first.leaf.replace('write_file', 'read_file');
  });
  expect(await code(other.request(leaf))).toBe('CONTINUITY_BROKEN');
});

test('a device that breaks without end hides no break of another', async () => {
  const others = (await fleet.fleet.breaks()).map(({ id }) => id);
  expect(others.length).toBeGreaterThan(0);
  const sender = await device();
  await sender.prepare(1000);
  const exchanged = change(sender.bodies()[0], ({ records }) => {
    for (const record of records)
      if ('leaf' in record && record.payload) record.payload.body = Buffer.from('{}').toString('base64');
  });
  expect(await code(sender.request(exchanged))).toBe('taken');
  const listed = (await fleet.fleet.breaks()).map(({ id }) => id);
  expect(listed).toEqual(expect.arrayContaining(others));
  expect(listed.length - others.length).toBe(50);
  expect((await fleet.fleet.devices())[0]).toMatchObject({ breaks: 100, broke: ['payload'] });
});

test('a device that reports without end, in whatever epoch, says nothing new', async () => {
  const sender = await device();
  for (const odd of [{ epoch: 3e9 }, { message: 'a\0b' }, { message: '\ud800' }])
    expect((await sender.report({ epoch: 1, seq: 0, message: '', ...odd })).status).toBe(400);
  for (let epoch = 1; epoch <= 102; epoch += 1)
    expect((await sender.report({ epoch, seq: 0, message: 'changed' })).status).toBe(200);
  expect((await fleet.fleet.devices())[0]).toMatchObject({ breaks: 100, broke: ['reported'] });
});

test('a page ends where its records are long, and the next one goes on behind', async () => {
  const sender = await device();
  await sender.prepare(3, { times: 75_000 });
  await sender.send();
  const [newest] = await fleet.fleet.devices();
  const found: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await fleet.fleet.search({ device: newest?.id, ...(cursor !== undefined && { cursor }) });
    expect(page.records.length).toBeLessThan(2);
    found.push(...page.records.map(({ seq }) => seq));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  expect(found).toEqual([2, 1, 0]);
});

test('a device that sends too much is told when to come again, and others go on', async () => {
  const sender = await device();
  await sender.prepare(9000);
  await expect(sender.send()).rejects.toThrow('SLOW_DOWN');
  const refused = await sender.request(sender.bodies()[8] ?? Buffer.alloc(0));
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
  const other = await device();
  await other.prepare(10);
  expect(await other.send()).toBe(10);
});

test('a code counts once, and nobody without one is let in', async () => {
  const { code: text } = await fleet.fleet.code({});
  const used = { device: fleet.device, fleet: { code: async () => ({ code: text, until: '' }) } } as unknown as Fleet;
  const first = new SyncDevice(collector.url);
  await first.enrol(used);
  const { length } = await fleet.fleet.devices();
  // Whoever did not get the answer asks again with the same keys; it is the same device, also for both at once.
  await Promise.all([first.enrol(used), first.enrol(used)]);
  await first.prepare(5);
  expect(await first.send()).toBe(5);
  const devices = await fleet.fleet.devices();
  expect(devices).toHaveLength(length);
  expect(await refusedWith(new SyncDevice(collector.url).enrol(used))).toBe('ENROLMENT_INVALID');
  await fleet.fleet.revoke({ id: devices[0]?.id ?? '' });
  expect(await refusedWith(first.enrol(used))).toBe('ENROLMENT_INVALID');
  for (const path of ['devices', 'records', 'breaks', 'session'])
    expect((await fetch(`${collector.url}v1/${path}`)).status).toBe(401);
  // A frame without an origin of its own says so: `null`.
  for (const origin of ['https://evil.example', 'null']) {
    const foreign = await fetch(`${collector.url}v1/session`, { method: 'POST', headers: { origin } });
    expect(foreign.status).toBe(401);
  }
});

test('tries with a token are counted for each address, behind a proxy too, and what is said with them is short', async () => {
  const proxied = await startCollector({ data, databaseUrl: postgres.url, args: ['--behind-proxy'] });
  const attempt = async (at: string, token: string) => {
    const url = `${proxied.url}v1/session`;
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': `203.0.113.9, ${at}` };
    return code(fetch(url, { method: 'POST', headers, body: JSON.stringify({ token }) }));
  };
  try {
    const tries = await Promise.all(Array.from({ length: 40 }, () => attempt('192.0.2.1', 'guess')));
    expect([tries.includes('SIGN_IN_NEEDED'), tries.includes('SLOW_DOWN')]).toEqual([true, true]);
    expect(await attempt('192.0.2.1', 'guess')).toBe('SLOW_DOWN');
    expect(await attempt('192.0.2.2', 'guess')).toBe('SIGN_IN_NEEDED');
    expect(await attempt('192.0.2.3', 'x'.repeat(100_000))).toBe('INPUT_INVALID');
  } finally {
    await proxied.stop();
  }
});

test('a request that is under way when it is told to end is still answered', async () => {
  const ending = await startCollector({ data, databaseUrl: postgres.url });
  const sender = new SyncDevice(ending.url);
  await sender.enrol(fleet);
  await sender.prepare(10);
  const body = sender.bodies()[0] ?? Buffer.alloc(0);
  const { host, port } = new URL(ending.url);
  const headers = { ...(await sender.signed(body)), host, 'content-length': body.length, connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(['POST /v1/device/batches HTTP/1.1', ...lines, '', ''].join('\r\n'));
  socket.write(body.subarray(0, 100));
  // Heard of it for sure once a later request is answered.
  await fetch(`${ending.url}healthz`, { headers: { connection: 'close' } });
  const stopped = ending.stop();
  await expect.poll(() => fetch(`${ending.url}healthz`).catch(() => null), { timeout: 5000 }).toBeNull();
  socket.write(body.subarray(100));
  const answer = (await buffer(socket)).toString();
  expect(answer).toMatch(/^HTTP\/1.1 200 /);
  await stopped;
});

test('what it did is there to be watched', async () => {
  expect(await (await fetch(`${collector.url}healthz`)).text()).toBe('ok\n');
  expect((await fetch(`${collector.url}readyz`)).status).toBe(200);
  const text = await (await fetch(collector.metricsUrl)).text();
  expect(Number(/^countersign_records_total (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(1500);
});
