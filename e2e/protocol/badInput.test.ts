import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ERRORS } from '../../main/contract/errors.ts';
import type { Connection } from '../fixtures/connection.ts';
import { Countersign } from '../fixtures/countersign.ts';
import { refusedWith } from '../fixtures/door.ts';
import { serverFile } from '../fixtures/home.ts';

let countersign: Countersign;

beforeAll(async () => {
  countersign = await Countersign.start();
  await countersign.admit('echo', [serverFile('echo')], { echo: 'read', raw: 'read', count: 'read', wait: 'read' });
});
afterAll(() => countersign.stop());

/** After anything bad: the daemon answers, has met no fault, and its ledger is whole. */
afterEach(async () => {
  expect((await countersign.app.daemon.status()).mode).toBe('app');
  expect(await countersign.app.audit.verify()).toMatchObject({ ok: true, fault: null });
});

describe('lines of a client', () => {
  let client: Connection;
  beforeEach(async () => {
    client = countersign.connect('echo');
    await client.initialize();
  });
  afterEach(() => client.close());

  const call = (id: string, args: string | Buffer) =>
    Buffer.concat([
      Buffer.from(`{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"echo","arguments":`),
      Buffer.from(args),
      Buffer.from('}}'),
    ]);

  test.each<[string, string | Buffer, number | string | null, keyof typeof ERRORS]>([
    ['no JSON', 'hello', null, 'NOT_JSON'],
    ['no message', '{"id":70}', 70, 'NOT_JSON'],
    ['another protocol', '{"jsonrpc":"1.0","id":71,"method":"ping"}', 71, 'NOT_JSON'],
    ['an empty batch', '[]', null, 'NOT_JSON'],
    ['a batch in a batch', '[[{"jsonrpc":"2.0","id":1,"method":"ping"}]]', null, 'NOT_JSON'],
    ['a method twice', '{"jsonrpc":"2.0","id":72,"method":"ping","method":"tools/call"}', 72, 'AMBIGUOUS'],
    [
      'incident 11, CVE-2026-27896: a method in another case',
      '{"jsonrpc":"2.0","id":73,"method":"ping","METHOD":"tools/call"}',
      73,
      'AMBIGUOUS',
    ],
    ['an id twice', '{"jsonrpc":"2.0","id":74,"id":75,"method":"ping"}', null, 'AMBIGUOUS'],
    ['invalid UTF-8', call('76', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), 76, 'AMBIGUOUS'],
    ['a byte order mark', '\ufeff{"jsonrpc":"2.0","id":77,"method":"ping"}', null, 'NOT_JSON'],
    [
      'a carriage return inside',
      '{"jsonrpc":"2.0","id":78,"method":"ping"}\r{"jsonrpc":"2.0","id":79,"method":"tools/call"}',
      78,
      'CARRIAGE_RETURN',
    ],
    ['100,000 levels', call('80', `${'['.repeat(100_000)}${']'.repeat(100_000)}`), 80, 'TOO_DEEP'],
    ['100,000 levels without an end', '['.repeat(100_000), null, 'TOO_DEEP'],
    ['a null id', call('null', '{}'), null, 'ID_REFUSED'],
    ['a fraction as id', call('1.5', '{}'), 1.5, 'ID_REFUSED'],
    ['an id beyond 2^53', call('9007199254740993', '{}'), 9007199254740992, 'ID_REFUSED'],
    ['no id', '{"jsonrpc":"2.0","method":"tools/call","params":{"name":"echo"}}', null, 'ID_REFUSED'],
    ['an unknown method', '{"jsonrpc":"2.0","id":81,"method":"tools/install"}', 81, 'METHOD_UNKNOWN'],
  ])('%s: a clear error, a record, and nothing for the server', async (_, line, id, code) => {
    const { lines } = (await client.call('count')).result.structuredContent;
    const from = client.lines.length;
    await client.write(Buffer.concat([Buffer.from(line), Buffer.from('\n')]));
    const { message } = await client.line(({ error }) => error !== undefined, from);
    expect(message).toMatchObject({ id, error: { code: ERRORS[code].rpc, data: { code, fix: ERRORS[code].fix } } });
    expect((await client.call('count')).result.structuredContent.lines).toBe(lines + 1);
    const refused = (await countersign.records('echo')).findLast(({ type }) => type === 'refused');
    expect(refused).toMatchObject({ code, event: 'from-client' });
  });

  test.each([
    ['a duplicate key deep down', '{"a":[{"b":1,"b":1}]}', 'AMBIGUOUS'],
    ['a lone surrogate', '{"a":"\\udfff"}', 'AMBIGUOUS'],
    ['arguments that do not fit', '[]', 'INPUT_INVALID'],
  ])('%s in a call: a refused result, a record, and nothing for the server', async (_, args, code) => {
    const { lines } = (await client.call('count')).result.structuredContent;
    await client.send(call('"x"', args).toString());
    const { result } = (await client.answer('x')).message;
    expect(result).toMatchObject({ isError: true, _meta: { 'dev.countersign/refusal': { code } } });
    expect((await client.call('count')).result.structuredContent.lines).toBe(lines + 1);
  });

  test('a line of 100 MB is refused as soon as it is too long, and the next one is read', async () => {
    const head = '{"jsonrpc":"2.0","id":90,"method":"tools/call","params":{"name":"echo","arguments":{"t":"';
    await client.write(head);
    const part = Buffer.alloc(1024 * 1024, 'x');
    for (let n = 0; n < 100; n++) await client.write(part);
    await client.write('"}}}\n');
    expect((await client.answer(90)).message.error?.data.code).toBe('LINE_TOO_LONG');
    expect((await client.call('count')).result).toBeDefined();
  });

  test('an id that is in flight is refused', async () => {
    await client.send({ jsonrpc: '2.0', id: 91, method: 'tools/call', params: { name: 'wait' } });
    await client.line(({ params }) => params?.data === 'waiting');
    await client.send({ jsonrpc: '2.0', id: 91, method: 'tools/call', params: { name: 'count' } });
    expect((await client.answer(91)).message.error?.data.code).toBe('ID_REFUSED');
  });

  test('lines cut into single bytes are the same lines', async () => {
    const line = call('"slow"', '{"t":"é\u2028"}');
    for (const byte of Buffer.concat([line, Buffer.from('\n')])) await client.write(Buffer.of(byte));
    expect((await client.answer('slow')).message.result.content[0].text).toBe(line.toString('hex'));
  });

  test('a line that the end of the input cuts off does nothing', async () => {
    const from = (await countersign.records('echo')).length;
    await client.write(call('"cut"', '{"t":1}').subarray(0, -1));
    await client.close();
    const records = (await countersign.records('echo')).slice(from);
    expect(records.filter(({ type }) => type === 'intent')).toEqual([]);
  });
});

describe('servers that are no good', () => {
  const broken = (...args: string[]) => [serverFile('broken'), ...args];

  async function connectTo(name: string, ...args: string[]): Promise<Connection> {
    await countersign.consent(name, process.execPath, broken(...args));
    return countersign.connect(name);
  }

  test('one that exits at once: an error with how it ended, and its last words in the log', async () => {
    const client = await connectTo('exits', 'exits');
    const { error } = await client.request('initialize', { protocolVersion: '2025-11-25', capabilities: {} });
    expect(error?.data).toMatchObject({ code: 'SERVER_EXITED', detail: 'The server ended with code 7' });
    const logs = await countersign.app.servers.logs({ server: 'exits', words: 'nothing to serve' });
    expect(logs[0]).toMatchObject({ stream: 'stderr', text: 'there is nothing to serve' });
  });

  test('one that exits at once cannot be looked at, and says why', async () => {
    await countersign.consent('exits-2', process.execPath, broken('exits'));
    expect(await refusedWith(countersign.app.servers.start({ server: 'exits-2' }))).toBe('SERVER_FAILED');
    const [summary] = (await countersign.app.servers.list()).filter(({ name }) => name === 'exits-2');
    expect(summary?.reason).toBeTruthy();
  });

  test('one that prints nonsense: it is kept in the log, and what could be meant as the answer ends the request', async () => {
    const client = await connectTo('nonsense', 'nonsense');
    const { error } = await client.request('initialize', { protocolVersion: '2025-11-25', capabilities: {} });
    expect(error?.data).toMatchObject({ code: 'NOT_JSON', detail: expect.stringContaining('the server’s answer') });
    expect(client.lines).toHaveLength(1);
    const logs = await countersign.app.servers.logs({ server: 'nonsense', words: 'Welcome!' });
    expect(logs).toHaveLength(1);
    await client.close();
  });

  test('one that chats on standard output works', async () => {
    const client = await connectTo('chatty', 'chatty');
    await client.initialize();
    const { result } = await client.request('tools/list');
    expect(result.tools.map(({ name }: { name: string }) => name)).toEqual(['hello']);
    expect(client.lines.every(({ message }) => message.jsonrpc === '2.0')).toBe(true);
    const logs = await countersign.app.servers.logs({ server: 'chatty', words: 'listening on stdio' });
    expect(logs).toHaveLength(1);
  });

  test('one that never answers is given up after half a minute', { timeout: 90_000 }, async () => {
    const client = await connectTo('silent', 'silent');
    const { error } = await client.request('initialize', { protocolVersion: '2025-11-25', capabilities: {} });
    expect(error?.data.code).toBe('SERVER_SILENT');
  });

  test('one that writes 100 MB without an end of line is not kept in memory, and still heard', async () => {
    const client = await connectTo('endless', 'endless', String(100 * 1024 * 1024));
    client.start('ping');
    for (;;) {
      const logs = await countersign.app.servers.logs({ server: 'endless', words: 'longer than the limit' });
      if (logs.length > 0) break;
      await pause(50);
    }
    await client.close();
  });

  test('a command that does not exist: said at the review and to the client, nothing runs', async () => {
    await countersign.app.servers.add({ name: 'absent', entry: { command: 'no-such-program-here', args: ['--x'] } });
    const review = await countersign.app.servers.review({ server: 'absent' });
    expect(review).toMatchObject({ digest: null, problem: { code: 'LAUNCH_UNRESOLVED' } });
    expect(review.problem?.detail).toContain('no-such-program-here');
    const { error } = await countersign.connect('absent').request('initialize', {});
    expect(error?.data.code).toMatch(/CONSENT_NEEDED|LAUNCH_UNRESOLVED/);
  });

  test('a server nobody agreed to, and one that is not there', async () => {
    await countersign.app.servers.add({
      name: 'unasked',
      entry: { command: process.execPath, args: broken('chatty') },
    });
    expect((await countersign.connect('unasked').request('initialize', {})).error?.data.code).toBe('CONSENT_NEEDED');
    expect((await countersign.connect('nobody').request('initialize', {})).error?.data.code).toBe('SERVER_UNKNOWN');
    expect((await countersign.connect('no/name').request('initialize', {})).error?.data.code).toBe('NAME_INVALID');
  });
});

describe('servers.json', () => {
  const file = () => join(countersign.home.folder, 'config', 'servers.json');
  const text = () => readFileSync(file(), 'utf8');
  /** Waits until the daemon says that of its configuration. */
  async function problem(wanted: (message: string) => boolean): Promise<string> {
    for (;;) {
      const { problems } = await countersign.app.daemon.status();
      const found = problems.find(({ code }) => code === 'CONFIG_INVALID');
      const said = found?.detail ?? '';
      if (wanted(said)) return said;
      await pause(20);
    }
  }

  test('a broken file keeps the last good one in force, and says where it is broken', async () => {
    const good = text();
    const names = (await countersign.app.servers.list()).map(({ name }) => name);
    writeFileSync(file(), good.replace('"mcpServers"', '\n\n"mcpServers" oops'));
    const said = await problem((message) => message !== '');
    expect(said).toMatch(/line \d+/);
    expect((await countersign.app.servers.list()).map(({ name }) => name)).toEqual(names);
    const client = countersign.connect('echo');
    await client.initialize();
    await client.close();
    writeFileSync(file(), good);
    await problem((message) => message === '');
  });

  test('unknown keys, comments and order survive what we write', async () => {
    const parsed = text().replace(/^\{/, '{\n  // mine\n  "x-team": {"a": 1.0},');
    writeFileSync(file(), parsed);
    await countersign.app.servers.add({ name: 'later', entry: { command: process.execPath, args: ['-v'] } });
    expect(text()).toContain('// mine');
    expect(text()).toContain('"x-team": {"a": 1.0}');
    expect(text()).toContain('"later"');
  });

  test('a changed command asks again, with the difference', async () => {
    const good = text();
    writeFileSync(file(), good.replace(serverFile('echo'), serverFile('lying')));
    for (;;) {
      const { consent, differences } = await countersign.app.servers.review({ server: 'echo' });
      if (consent !== 'changed') {
        await pause(20);
        continue;
      }
      expect(differences.map(({ where }) => where)).toContain('args[0]');
      break;
    }
    const { error } = await countersign.connect('echo').request('initialize', {});
    expect(error?.data.code).toBe('CONSENT_CHANGED');
    writeFileSync(file(), good);
  });
});
