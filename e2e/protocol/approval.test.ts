import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Connection } from '../fixtures/connection.ts';
import { Countersign } from '../fixtures/countersign.ts';
import { serverFile } from '../fixtures/home.ts';

let countersign: Countersign;
let client: Connection;

beforeAll(async () => {
  countersign = await Countersign.start();
  await countersign.admit('notes', [serverFile('echo')], { echo: 'write', count: 'read', wait: 'write' });
});
afterAll(() => countersign.stop());

beforeEach(async () => {
  client = countersign.connect('notes');
  await client.initialize();
});
afterEach(() => client.close());

/** Types of the records of the newest call. */
async function story(): Promise<string[]> {
  const records = await countersign.records('notes');
  const call = records.findLast((record) => record.call !== undefined)?.call;
  return records.filter((record) => record.call === call).map(({ type, event }) => `${type} ${event}`);
}

test('a write asks; while a person decides, progress rises from -1 towards 0; a yes lets exactly these bytes through', async () => {
  const line =
    '{"jsonrpc":"2.0","id":"w","method":"tools/call","params":{"name":"echo","arguments":{"path":"/tmp/a","n":1.50},"_meta":{"progressToken":"t"}}}';
  await client.send(line);
  const ask = await countersign.person.sees();
  expect(ask.subject).toMatchObject({
    server: 'notes',
    tool: 'echo',
    class: 'write',
    client: { name: 'e2e' },
    arguments: [
      { pointer: '/path', json: '"/tmp/a"' },
      { pointer: '/n', json: '1.50' },
    ],
  });
  await client.line(({ params }) => params?.progress > -1 && params.progress < 0);
  await countersign.person.approves(ask);
  const { message } = await client.answer('w');
  expect(Buffer.from(message.result.content[0].text, 'hex').toString()).toBe(line);

  const progress = client.lines.flatMap((one) =>
    one.message.params?.progressToken === 't' ? [one.message.params.progress] : [],
  );
  expect(progress[0]).toBe(-1);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  expect(Math.max(...progress)).toBeLessThan(0);
  expect(await story()).toEqual(['asked call', 'answered approved', 'intent forwarding', 'outcome ok']);
});

test('a no comes back as a result that says so, with the note', async () => {
  const id = client.start('tools/call', { name: 'echo', arguments: { path: '/etc/passwd' } });
  await countersign.person.denies(await countersign.person.sees(), 'Use the copy in /tmp.');
  const { result } = (await client.answer(id)).message;
  expect(result.isError).toBe(true);
  expect(result.content[0].text).toMatch(/did not run this call.*Use the copy in \/tmp\..*default\/ask/s);
  expect(await story()).toEqual(['asked call', 'answered denied', 'refused from-client']);
});

test('the client gives up: the ask is withdrawn, and nothing reaches the server', async () => {
  const { lines } = (await client.call('count')).result.structuredContent;
  const id = client.start('tools/call', { name: 'echo', arguments: {} });
  const ask = await countersign.person.sees();
  await client.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } });
  expect(await countersign.app.asks.wait({ id: ask.id })).toMatchObject({ state: 'withdrawn' });
  // What the server has got since: nothing but this question.
  expect((await client.call('count')).result.structuredContent.lines).toBe(lines + 1);
  expect(client.lines.some(({ message }) => message.id === id)).toBe(false);
});

test('the client goes away: its asks are withdrawn', async () => {
  client.start('tools/call', { name: 'echo', arguments: {} });
  const ask = await countersign.person.sees();
  await client.close();
  expect(await countersign.app.asks.wait({ id: ask.id })).toMatchObject({ state: 'withdrawn' });
});

test('cancelling what already runs reaches the server', async () => {
  const id = client.start('tools/call', { name: 'wait', arguments: {} });
  await countersign.person.approves(await countersign.person.sees());
  await client.line(({ params }) => params?.data === 'waiting');
  await client.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } });
  await client.line(({ params }) => params?.data?.requestId === id);
  expect(await story()).toEqual(['asked call', 'answered approved', 'intent forwarding', 'outcome unknown']);
});

test('an answer to one ask is no answer to another', async () => {
  const first = client.start('tools/call', { name: 'echo', arguments: { n: 1 } });
  const second = client.start('tools/call', { name: 'echo', arguments: { n: 2 } });
  const one = await countersign.person.sees();
  const two = await countersign.person.sees();
  expect(one.hash).not.toBe(two.hash);
  const swapped = countersign.approval.asks.answer({ id: two.id, hash: one.hash, approve: true });
  await expect(swapped).rejects.toMatchObject({ code: 'ASK_CHANGED' });
  await countersign.person.denies(one);
  await countersign.person.approves(two);
  expect((await client.answer(first)).message.result.isError).toBe(true);
  const { message } = await client.answer(second);
  expect(Buffer.from(message.result.content[0].text, 'hex').toString()).toContain('"n":2');
});

test('reading goes on while a write waits', async () => {
  const id = client.start('tools/call', { name: 'echo', arguments: {} });
  const ask = await countersign.person.sees();
  expect((await client.call('count')).result.isError).toBeUndefined();
  await countersign.person.denies(ask);
  await client.answer(id);
});
