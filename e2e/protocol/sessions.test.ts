import { afterAll, beforeAll, expect, test } from 'vitest';
import { leftAfter, processesOf } from '../fixtures/census.ts';
import { Countersign } from '../fixtures/countersign.ts';
import { serverFile } from '../fixtures/home.ts';

let countersign: Countersign;

beforeAll(async () => {
  countersign = await Countersign.start();
  await countersign.admit('echo', [serverFile('echo')], { echo: 'write', count: 'read', wait: 'read', exit: 'read' });
});
afterAll(() => countersign.stop());

const open = async () => {
  const client = countersign.connect('echo');
  await client.initialize();
  return client;
};
/** The server's processes, without what holds them. */
const serving = () =>
  processesOf(countersign.home).filter(({ command }) =>
    command.startsWith(`${process.execPath} ${serverFile('echo')}`),
  );

test('two clients of one server have a process each, and neither sees the other', async () => {
  const [one, two] = [await open(), await open()];
  const counts = async () =>
    [await one.call('count'), await two.call('count')].map(({ result }) => result.structuredContent);
  const [first, second] = await counts();
  expect(serving()).toHaveLength(2);
  expect(first.lines).toBe(second.lines);
  await one.call('count');
  const [later, other] = await counts();
  expect([later.lines, other.lines]).toEqual([first.lines + 2, second.lines + 1]);

  // The same id at the same moment, on both.
  await Promise.all(
    [one, two].map((client) =>
      client.send({ jsonrpc: '2.0', id: 'same', method: 'tools/call', params: { name: 'wait' } }),
    ),
  );
  await one.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'same' } });
  await one.send({
    jsonrpc: '2.0',
    id: 'same-too',
    method: 'tools/call',
    params: { name: 'echo', arguments: { mine: 1 } },
  });
  const ask = await countersign.person.sees();
  await countersign.person.approves(ask);
  await one.answer('same-too');
  expect(two.lines.some(({ message }) => message.id === 'same-too')).toBe(false);

  const calls = (await countersign.records('echo')).filter(({ type }) => type === 'intent');
  expect(new Set(calls.map(({ session }) => session)).size).toBe(2);
  await Promise.all([one.close(), two.close()]);
});

test('an ask belongs to its session: the other one’s end leaves it alone', async () => {
  const [one, two] = [await open(), await open()];
  const id = one.start('tools/call', { name: 'echo', arguments: {} });
  const ask = await countersign.person.sees();
  await two.close();
  await countersign.person.approves(ask);
  expect((await one.answer(id)).message.result.isError).toBeUndefined();
  await one.close();
});

test('one server’s crash ends one session', async () => {
  const [one, two] = [await open(), await open()];
  const { error } = await one.call('exit');
  expect(error?.data).toMatchObject({ code: 'SERVER_EXITED', detail: 'The server ended with code 3' });
  expect((await two.call('count')).result.isError).toBeUndefined();
  await Promise.all([one.close(), two.close()]);
});

test('what ends leaves no process behind', async () => {
  const clients = await Promise.all([open(), open(), open()]);
  await Promise.all(clients.map((client) => client.close()));
  expect(await leftAfter(2000, serving)).toEqual([]);
});
