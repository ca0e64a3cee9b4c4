import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '../fixtures/connection.ts';
import { Countersign } from '../fixtures/countersign.ts';
import { PROJECT, serverFile } from '../fixtures/home.ts';

/** Third-party samples beside the checkout; not copied into the project. */
const SAMPLES = join(PROJECT, '..', 'shared', 'data', 'json');

let countersign: Countersign;
let client: Connection;

beforeAll(async () => {
  countersign = await Countersign.start();
  await countersign.admit('echo', [serverFile('echo')], 'read');
  client = countersign.connect('echo');
  await client.initialize();
});
afterAll(() => countersign.stop());

/** Sends a line and gives the bytes that reached the server, as the server tells them. */
async function arrivedOf(line: Buffer, id: string | number): Promise<Buffer | string> {
  await client.write(Buffer.concat([line, Buffer.from('\n')]));
  const { message } = await client.line((one) => one.id === id && one.method === undefined, client.lines.length);
  const text = message.result?.content?.[0].text as string | undefined;
  if (message.error || message.result?.isError) return message.error?.data.code ?? text;
  return Buffer.from(text ?? '', 'hex');
}

test.each([
  [
    'U+2028 and U+2029',
    '{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"echo","arguments":{"t":"\u2028\u2029"}}}',
  ],
  ['a string id with escapes', '{"jsonrpc":"2.0","id":"\\u0061","method":"tools/call","params":{"name":"echo"}}'],
  [
    'numbers beyond 2^53, fractions, exponents',
    '{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"echo","arguments":{"n":[9007199254740993,-0.0,1e400,1.10,123456789012345678901234567890]}}}',
  ],
  [
    'white space everywhere',
    '\t {"jsonrpc" : "2.0" ,\t"id":"a",  "method":"tools/call" ,"params" : { "name":"echo" , "arguments" : { } } } \r',
  ],
  [
    'extra members at the top',
    '{"x-trace":[1.0],"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"echo"},"more":null}',
  ],
  [
    'escapes that need none',
    '{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"echo","arguments":{"t":"\\/\\u00e9\\ud83d\\ude00"}}}',
  ],
])('%s arrive as the same bytes', async (_, line) => {
  expect((await arrivedOf(Buffer.from(line), 'a')).toString('utf8')).toBe(line);
});

test('what is not governed arrives as the same bytes too', async () => {
  const line = '{ "params":{"cursor":"\u2028"},"id" :9007199254740991,"method":"resources/list","jsonrpc":"2.0"}';
  expect((await arrivedOf(Buffer.from(line), 9007199254740991)).toString()).toBe(line);
});

test.each([
  ['U+2028 in a text', '{"jsonrpc":"2.0","id":ID,"result":{"content":[{"type":"text","text":"\u2028"}]}}'],
  [
    'big numbers and odd spaces',
    ' {"result" :{"content":[],"n":123456789012345678901234567890.10e+5} ,\t"id":ID,"jsonrpc":"2.0"}\r',
  ],
  ['unknown members', '{"jsonrpc":"2.0","id":ID,"result":{"content":[],"resultType":"made up"},"_trace":{"a":[1.0]}}'],
])('an answer with %s comes back as the same bytes', async (_, answer) => {
  const id = client.start('tools/call', { name: 'raw', arguments: { hex: Buffer.from(answer).toString('hex') } });
  const { bytes } = await client.answer(id);
  expect(bytes.toString('utf8')).toBe(answer.replace('ID', String(id)));
});

test('a result of 5 MB comes whole', async () => {
  const answer = await client.call('big', { bytes: 5_000_000 });
  expect(answer.result.content[0].text).toBe('x'.repeat(5_000_000));
});

test('a client that does not read holds the server back, not the daemon’s memory', async () => {
  const slow = countersign.connect('echo');
  await slow.initialize();
  const before = await countersign.memory();
  slow.process.stdout?.pause();
  const ids = Array.from({ length: 60 }, () =>
    slow.start('tools/call', { name: 'big', arguments: { bytes: 5_000_000 } }),
  );
  // Other sessions go on meanwhile.
  for (let n = 0; n < 20; n++) await client.call('count');
  expect((await countersign.memory()) - before).toBeLessThan(200_000_000);
  slow.process.stdout?.resume();
  for (const id of ids) expect((await slow.answer(id)).bytes.length).toBeGreaterThan(5_000_000);
  await slow.close();
});

test('arguments of 5 MB arrive as the same bytes', async () => {
  const line = `{"jsonrpc":"2.0","id":"large","method":"tools/call","params":{"name":"echo","arguments":{"text":"${'é'.repeat(2_500_000)}"}}}`;
  expect((await arrivedOf(Buffer.from(line), 'large')).toString() === line).toBe(true);
});

test('a thousand calls at once are all answered, each with its own', async () => {
  const before = client.lines.length;
  const wanted = Array.from(
    { length: 1000 },
    (_, n) => `{"jsonrpc":"2.0","id":"p${n}","method":"tools/call","params":{"name":"echo","arguments":{"n":${n}}}}`,
  );
  await client.write(`${wanted.join('\n')}\n`);
  await Promise.all(wanted.map((_, n) => client.answer(`p${n}`)));
  expect(client.lines.length - before).toBe(1000);
  for (const { message } of client.lines.slice(before)) {
    const sent = wanted[Number(String(message.id).slice(1))] ?? '';
    expect(Buffer.from(message.result.content[0].text, 'hex').toString()).toBe(sent);
  }
  const { total } = await countersign.app.audit.search({ server: 'echo', type: 'outcome', limit: 1 });
  expect(total).toBeGreaterThan(1000);
});

describe.skipIf(!existsSync(SAMPLES))('each of the samples of JSONTestSuite as an argument', () => {
  const files = ['test_parsing', 'test_transform'].flatMap((folder) =>
    existsSync(SAMPLES) ? readdirSync(join(SAMPLES, folder)).map((file) => join(folder, file)) : [],
  );
  const outcomes = { same: 0, refused: 0 };

  test.each(files)('%s arrives as the same bytes, or is refused', async (file) => {
    const value = readFileSync(join(SAMPLES, file));
    const whole = [
      // Named as text, because what may be shell syntax elsewhere would be asked about.
      Buffer.from(
        '{"jsonrpc":"2.0","id":"suite","method":"tools/call","params":{"name":"echo","arguments":{"content":',
      ),
      value,
      Buffer.from('}}}'),
    ];
    // A file of more than one line is as many lines here: none of them may reach the server changed.
    const separate = Buffer.concat(whole).includes(0x0a);
    const before = client.lines.length;
    await client.write(Buffer.concat([...whole, Buffer.from('\n')]));
    // Where paths lead is looked up first, so an answer may come after those to later calls.
    await client.line(({ id }) => id === 'suite' || id === null, before);
    const told = await client.request('tools/call', { name: 'count' });
    expect(told.result.structuredContent.lines).toBeGreaterThan(0);
    const answers = client.lines.slice(before, -1).map(({ message }) => message);
    for (const { result, error } of answers) {
      if (error || result.isError) outcomes.refused += 1;
      else {
        expect(separate).toBe(false);
        expect(Buffer.from(result.content[0].text, 'hex').equals(Buffer.concat(whole))).toBe(true);
        outcomes.same += 1;
      }
    }
    // What the suite calls valid JSON, and both ways of reading it agree on, is let through.
    if (file.includes('/y_structure') && !separate) expect(answers[0]?.error ?? null).toBeNull();
  });

  test('some are let through and some refused', () => {
    console.info(`JSONTestSuite: ${outcomes.same} arrived unchanged, ${outcomes.refused} lines refused`);
    expect(outcomes.same).toBeGreaterThan(50);
    expect(outcomes.refused).toBeGreaterThan(100);
  });
});
