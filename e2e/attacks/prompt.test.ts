import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AskView } from '../../main/contract/ask.ts';
import { openControl } from '../fixtures/control.ts';
import { agree } from '../fixtures/daemon.ts';
import { refusedWith } from '../fixtures/door.ts';
import { outcomeOf, Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
  await stage.daemon.app.servers.disable({ server: 'recorder' });
});
afterAll(() => stage[Symbol.asyncDispose]());

/** A question to a person that stays open: switch the server on again. */
async function question(): Promise<{ id: string; hash: string }> {
  const { ask } = await stage.daemon.app.servers.enable({ server: 'recorder' });
  return stage.daemon.approval.asks.get({ id: ask });
}

/** The question about a call that waits now; looks until there is one. */
async function asked(): Promise<AskView> {
  for (;;) {
    const open = await stage.daemon.approval.asks.list({ open: true });
    const ask = open.find(({ subject }) => subject.kind === 'call');
    if (ask) return ask;
  }
}

async function stillOff(): Promise<void> {
  const [server] = await stage.daemon.app.servers.list();
  expect(server?.state).toBe('disabled');
}

test('a yes in the first 500 ms, or before the ask came into sight, does not count', async () => {
  const { asks } = stage.daemon.approval;
  const { id, hash } = await question();
  expect(await refusedWith(asks.answer({ id, hash, approve: true }))).toBe('ASK_TOO_EARLY');
  await asks.shown({ id });
  expect(await refusedWith(asks.answer({ id, hash, approve: true }))).toBe('ASK_TOO_EARLY');
  // Coming into sight again starts the time again.
  const shown = performance.now();
  while (performance.now() - shown < 600) await asks.shown({ id });
  expect(await refusedWith(asks.answer({ id, hash, approve: true }))).toBe('ASK_TOO_EARLY');
  await stillOff();
});

test('a yes to another question does not count', async () => {
  const { asks } = stage.daemon.approval;
  const [one, other] = [await question(), await question()];
  await asks.shown({ id: one.id });
  expect(await refusedWith(asks.answer({ id: one.id, hash: other.hash, approve: true }))).toBe('ASK_CHANGED');
  const none = `sha256:${'0'.repeat(64)}`;
  expect(await refusedWith(asks.answer({ id: one.id, hash: none, approve: true }))).toBe('ASK_CHANGED');
  await stillOff();
});

test('one tool with two classes is no question: a person could read the one while the other counts', async () => {
  const { control, close } = await openControl(stage.home);
  const [put] = (await control.tools.list({ server: 'recorder' })).filter(({ name }) => name === 'put');
  const tools = (['external', 'read'] as const).map((one) => ({ name: 'put', digest: put?.digest ?? '', class: one }));
  expect(await refusedWith(control.tools.accept({ server: 'recorder', tools }))).toBe('INPUT_INVALID');
  close();
});

test('an older question that shows a tool as it was before another yes is gone', async () => {
  const { app, approval } = stage.daemon;
  const [put] = (await app.tools.list({ server: 'recorder' })).filter(({ name }) => name === 'put');
  const accept = (one: 'external' | 'read' | 'write') =>
    app.tools.accept({ server: 'recorder', tools: [{ name: 'put', digest: put?.digest ?? '', class: one }] });
  // To take `external` away again would need a proof; the older question does not know that it does.
  const [early, late] = [await accept('read'), await accept('external')];
  expect(await approval.asks.get({ id: early.ask })).toMatchObject({ because: null });
  await agree(stage.daemon, late);
  const { id, hash, state, note } = await approval.asks.get({ id: early.ask });
  expect({ state, note }).toEqual({ state: 'withdrawn', note: expect.stringContaining('the same') });
  expect(await refusedWith(approval.asks.answer({ id, hash, approve: true }))).toBe('ASK_GONE');
  await agree(stage.daemon, await accept('write'));
});

test('a no stays a no', async () => {
  const { asks } = stage.daemon.approval;
  const { id, hash } = await question();
  await asks.deny({ id });
  await expect(asks.shown({ id }).then(() => asks.answer({ id, hash, approve: true }))).rejects.toMatchObject({
    data: { code: 'ASK_GONE' },
  });
  await stillOff();
});

test('the main window’s door and the control socket cannot say yes, and can say no', async () => {
  const { control, close } = await openControl(stage.home);
  for (const door of [stage.daemon.app, control]) {
    const { id, hash } = await question();
    expect(await refusedWith(door.asks.shown({ id }))).toBe('NOT_APPROVER');
    expect(await refusedWith(door.asks.answer({ id, hash, approve: true }))).toBe('NOT_APPROVER');
    expect(await refusedWith(door.asks.answer({ id, hash, approve: false }))).toBe('NOT_APPROVER');
    expect(await door.asks.deny({ id })).toMatchObject({ state: 'denied' });
  }
  close();
  await stillOff();
});

test('approved is exactly what is sent: other arguments ask again, and the same ones do too', async () => {
  const { app, approval } = stage.daemon;
  await agree(stage.daemon, await app.servers.enable({ server: 'recorder' }));
  const connection = stage.connect();
  await connection.initialize();
  const first = connection.start('tools/call', { name: 'put', arguments: { n: 'agreed' } });
  await agree(stage.daemon, { ask: (await asked()).id });
  expect(outcomeOf((await connection.answer(first)).message)).toBe('agreed');
  for (const n of ['other', 'agreed']) {
    const id = connection.start('tools/call', { name: 'put', arguments: { n } });
    await approval.asks.deny({ id: (await asked()).id });
    expect(outcomeOf((await connection.answer(id)).message)).toBe('ASK_DENIED');
  }
  expect(stage.received()).toEqual(['agreed']);
});

test('a call that nobody answered is asked about again by whoever likes, and only a yes lets its retry through, once', async () => {
  const { control, close } = await openControl(stage.home);
  const connection = stage.connect();
  await connection.initialize();
  const call = () => connection.call('put', { n: 'missed' });
  expect(outcomeOf(await call())).toBe('ASK_TIMED_OUT');
  const missed = (await control.asks.list({ open: false })).find(({ state }) => state === 'timed-out');
  const denied = await control.asks.again({ id: missed?.id ?? '' });
  await control.asks.deny({ id: denied.ask });
  const again = await control.asks.again({ id: missed?.id ?? '' });
  expect(await refusedWith(control.asks.answer({ id: again.ask, hash: '', approve: true }))).toBe('NOT_APPROVER');
  expect(stage.received()).not.toContain('missed');
  await agree(stage.daemon, again);
  expect(outcomeOf(await call())).toBe('missed');
  const id = connection.start('tools/call', { name: 'put', arguments: { n: 'missed' } });
  await control.asks.deny({ id: (await asked()).id });
  expect(outcomeOf((await connection.answer(id)).message)).toBe('ASK_DENIED');
  expect(stage.received().filter((n) => n === 'missed')).toHaveLength(1);
  close();
}, 120_000);

test('a program cannot bury a person under proposals, and does not keep the app from asking', async () => {
  const { control, close } = await openControl(stage.home);
  const enable = () => control.servers.enable({ server: 'recorder' });
  const asks: string[] = [];
  for (let made = 0; made < 60; made += 1) {
    const answer = await enable().then(
      ({ ask }) => ask,
      (error) => error.code as string,
    );
    if (answer === 'ASKS_THROTTLED') break;
    asks.push(answer);
  }
  expect(asks.length).toBeLessThanOrEqual(40);
  // Taking its own back does not help it to ask on and on.
  for (const id of asks) await control.asks.deny({ id });
  let more = 0;
  while (
    (await enable().then(
      ({ ask }) => control.asks.deny({ id: ask }),
      () => null,
    )) !== null
  )
    more += 1;
  expect(asks.length + more).toBeLessThanOrEqual(60);
  expect(await question()).toMatchObject({ state: 'open' });
  close();
});
