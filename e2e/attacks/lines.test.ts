import { afterAll, beforeAll, expect, test } from 'vitest';
import { outcomeOf, Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage[Symbol.asyncDispose]());

const look = (id: number, n: string) =>
  `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"look","arguments":{"n":"${n}"}}}`;
const put = '{"jsonrpc":"2.0","id":99,"method":"tools/call","params":{"name":"put","arguments":{"n":"smuggled"}}}';

/** Ways to hide a second call behind one that runs unasked, and the code that each is refused with. */
const SMUGGLED: ReadonlyArray<[string, string, string]> = [
  ['a carriage return between two messages', `${look(7, 'harmless')}\r${put}`, 'CARRIAGE_RETURN'],
  ['a carriage return inside a message', look(7, 'harm\rless'), 'CARRIAGE_RETURN'],
  ['a carriage return before a message', `\r${look(7, 'harmless')}`, 'CARRIAGE_RETURN'],
  ['two messages on one line', `${look(7, 'harmless')} ${put}`, 'NOT_JSON'],
  [
    'a name that is there twice',
    look(7, 'harmless').replace('"name":"look"', '"name":"look","name":"put"'),
    'AMBIGUOUS',
  ],
  [
    'incident 11, CVE-2026-27896: a name in other letters',
    look(7, 'harmless').replace('"name":"look"', '"name":"look","Name":"put"'),
    'AMBIGUOUS',
  ],
  ['a method that is there twice', look(7, 'harmless').replace('"id":7', '"id":7,"method":"ping"'), 'AMBIGUOUS'],
];

test.each(SMUGGLED)('%s is refused, and the server hears nothing of it', async (_, line, code) => {
  const connection = stage.connect();
  await connection.initialize();
  await connection.write(`${line}\n`);
  // The refusal of a line whose id cannot be told goes out without one.
  const { message } = await connection.line(({ id, method }) => method === undefined && (id === 7 || id === null));
  expect(outcomeOf(message)).toBe(code);
  expect(outcomeOf(await connection.call('look', { n: 'honest' }))).toBe('honest');
  await connection.close();
  expect(stage.received().filter((n) => n !== 'honest')).toEqual([]);
});

test('characters that only some readers take for an end of line arrive inside their string', async () => {
  const connection = stage.connect();
  await connection.initialize();
  const n = 'one\u2028two\u2029three\u0085four';
  expect(outcomeOf(await connection.call('look', { n }))).toBe(n);
  await connection.close();
  expect(stage.received()).toContain(n);
});
