import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countersign as command } from '../fixtures/command.ts';
import type { Connection } from '../fixtures/connection.ts';
import { Countersign } from '../fixtures/countersign.ts';
import { refusedWith } from '../fixtures/door.ts';
import { serverFile } from '../fixtures/home.ts';
import { Person } from '../fixtures/person.ts';

/** Ada's device runs the server; Grace's device and Eve's are two others, each with a daemon, a key and a person of its own. */
let ada: Countersign;
let grace: Countersign;
let eve: Countersign;
let client: Connection;

beforeAll(async () => {
  [ada, grace, eve] = await Promise.all([Countersign.start(), Countersign.start(), Countersign.start()]);
  await ada.admit('notes', [serverFile('echo')], { echo: 'write' });
  const rule =
    '@id("two")\nforbid (principal, action, resource == Tool::"notes/echo")\nunless { context.approvals >= 2 };\n';
  writeFileSync(join(ada.home.folder, 'config', 'organisation', 'two.cedar'), rule);
  await ada.app.policy.check();
  const { key } = await grace.app.approvers.self();
  const { ask } = await ada.app.approvers.add({ name: 'Grace', key });
  await ada.person.approves({ id: ask });
  client = ada.connect('notes');
  await client.initialize();
});
afterAll(async () => {
  await Promise.all([ada, grace, eve].map((one) => one.stop()));
});

const outcome = async (id: string | number) => (await client.answer(id)).message.result;
const code = (result: { _meta?: Record<string, { code: string }> }) => result._meta?.['dev.countersign/refusal']?.code;

/** Ada's client calls, Ada says yes; what she then hands on. */
async function request(n: string): Promise<{ call: number; ask: string; text: string }> {
  const call = client.start('tools/call', { name: 'echo', arguments: { n } });
  const { id } = await ada.person.sees();
  await ada.person.approves({ id });
  return { call, ask: id, text: await command(ada.home, 'asks', 'request', id) };
}

/** What the person of another device hands back. */
async function countersigned(at: Countersign, text: string): Promise<string> {
  const file = join(at.home.folder, 'request.txt');
  writeFileSync(file, `Could you look at this?\n\n${text}`);
  const printed = command(at.home, 'countersign', file);
  const person = new Person(at.approval);
  for (;;) {
    const [ask] = await at.approval.asks.list({ open: true });
    if (!ask) continue;
    expect(ask.subject).toMatchObject({ kind: 'countersign', call: { server: 'notes', tool: 'echo' } });
    await person.approves(ask);
    person.leave();
    return printed;
  }
}

test('the call runs when a second person has agreed on another device; both are in the ledger', async () => {
  const { call, ask, text } = await request('both');
  const answer = join(ada.home.folder, 'answer.txt');
  writeFileSync(answer, await countersigned(grace, text));
  expect(await command(ada.home, 'asks', 'second', answer)).toContain('Approved');
  expect((await outcome(call)).isError).toBeFalsy();
  const records = (await ada.records('notes')).filter((record) => record.ask === ask || record.type === 'intent');
  expect(records.map(({ type, event, person }) => [type, event, person])).toEqual([
    ['asked', 'call', undefined],
    ['answered', 'approved-first', expect.any(String)],
    ['answered', 'approved', expect.any(String)],
    ['intent', 'forwarding', expect.any(String)],
  ]);
  expect(records[2]).toMatchObject({ via: 'countersignature', detail: { device: 'Grace' } });
  expect(records[3]).toMatchObject({ detail: { device: 'Grace' } });
  // It was good for that one call.
  const again = await refusedWith(ada.app.second.give({ answer: await countersigned(grace, text) }));
  expect(again).toBe('ASK_GONE');
});

test('nobody else’s answer counts, nor one to something else, nor one that was changed', async () => {
  const { call, ask, text } = await request('one');
  expect(await refusedWith(eve.app.second.consider({ request: text.replace(/[A-Z](?=[a-z]+\n)/, 'x') }))).toBe(
    'COUNTERSIGNATURE_INVALID',
  );
  expect(await refusedWith(ada.app.second.consider({ request: text }))).toBe('COUNTERSIGNATURE_INVALID');
  const byEve = await countersigned(eve, text);
  expect(await refusedWith(ada.app.second.give({ answer: byEve }))).toBe('COUNTERSIGNATURE_INVALID');
  const byGrace = await countersigned(grace, text);
  const lines = byGrace.split('\n');
  lines[1] = `${lines[1]?.slice(0, 40)}${lines[1]?.[40] === 'A' ? 'B' : 'A'}${lines[1]?.slice(41)}`;
  expect(await refusedWith(ada.app.second.give({ answer: lines.join('\n') }))).toBe('COUNTERSIGNATURE_INVALID');
  await ada.app.asks.deny({ id: ask, note: 'never mind' });
  expect(code(await outcome(call))).toBe('ASK_DENIED');
  expect(await refusedWith(ada.app.second.give({ answer: byGrace }))).toBe('ASK_GONE');
});
