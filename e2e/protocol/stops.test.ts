import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectCommand } from '../fixtures/client.ts';
import { Connection } from '../fixtures/connection.ts';
import { admit, agree, type Daemon, ownEnvironment, startDaemon } from '../fixtures/daemon.ts';
import { refusedWith } from '../fixtures/door.ts';
import { type Home, makeHome, serverFile } from '../fixtures/home.ts';

let home: Home;
let daemon: Daemon;
beforeEach(async () => {
  home = makeHome();
  daemon = await startDaemon(home);
  await admit(
    daemon,
    'echo',
    { command: process.execPath, args: [serverFile('echo')] },
    { echo: 'read', wait: 'read', raw: 'write' },
  );
});
afterEach(async () => {
  await daemon.stop();
  home.remove();
});

async function withClient<T>(use: (client: Connection) => Promise<T>): Promise<T> {
  const { command, args } = connectCommand('echo');
  const client = new Connection(command, args, ownEnvironment(home));
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

const restart = async () => {
  await daemon.stop();
  daemon = await startDaemon(home);
};

test('what was stopped is stopped after a restart, down to new connections, until a person switches it on', async () => {
  const scope = { kind: 'all' } as const;
  await daemon.app.switches.kill({ scope });
  await restart();
  expect(await daemon.app.switches.list()).toMatchObject([{ scope }]);
  await expect(withClient((client) => client.initialize())).rejects.toThrow(/kill switch/);

  await agree(daemon, await daemon.app.switches.revive({ scope }));
  expect(await daemon.app.switches.list()).toEqual([]);
  const { result } = await withClient(async (client) => {
    await client.initialize();
    return client.call('echo');
  });
  expect(result.isError).toBeFalsy();
  expect(await refusedWith(daemon.app.switches.revive({ scope }))).toBe('NOT_FOUND');
});

test('a family of tools is stopped in one go, what runs too, and stays so after a restart; other tools go on', async () => {
  writeFileSync(join(home.folder, 'config', 'settings.json'), '{ "families": { "waiters": ["*/wa*"] } }');
  const scope = { kind: 'family', family: 'waiters' } as const;
  // What nobody has accepted names no family.
  const { proposal } = await daemon.app.policy.check();
  expect(await refusedWith(daemon.app.switches.kill({ scope }))).toBe('NOT_FOUND');
  await agree(daemon, await daemon.app.policy.accept({ digest: proposal?.digest ?? '' }));

  const stopped = async (client: Connection) =>
    (await client.call('wait')).result._meta['dev.countersign/refusal']?.code;
  await withClient(async (client) => {
    await client.initialize();
    const running = client.start('tools/call', { name: 'wait', arguments: {} });
    await client.line(({ params }) => params?.data === 'waiting');
    const at = performance.now();
    await daemon.app.switches.kill({ scope });
    expect((await client.answer(running)).message.error?.data).toMatchObject({ code: 'SWITCHED_OFF' });
    expect(performance.now() - at).toBeLessThan(1000);
    expect(await stopped(client)).toBe('SWITCHED_OFF');
    expect((await client.call('echo')).result.isError).toBeFalsy();
  });
  await restart();
  expect(await daemon.app.switches.list()).toMatchObject([{ scope, person: expect.any(String) }]);
  await withClient(async (client) => {
    await client.initialize();
    expect(await stopped(client)).toBe('SWITCHED_OFF');
    await agree(daemon, await daemon.app.switches.revive({ scope }));
    const running = client.start('tools/call', { name: 'wait', arguments: {} });
    await client.line(({ params }) => params?.data === 'waiting');
    expect(running).toBeDefined();
  });
});

test('a grant for an hour is good after a restart, and for the next session of the same program; one of a session is not', async () => {
  const args = { hex: '7b7d' };
  const give = (life: { kind: 'session' } | { kind: 'minutes'; minutes: 60 }) =>
    withClient(async (client) => {
      await client.initialize();
      client.start('tools/call', { name: 'raw', arguments: args });
      const ask = await nextAsk();
      await daemon.approval.asks.shown({ id: ask.id });
      const grant = { life, reach: { kind: 'same' as const } };
      const answer = () => daemon.approval.asks.answer({ id: ask.id, hash: ask.hash, approve: true, grant });
      // Refused while the prompt is dead.
      await expect
        .poll(() =>
          answer()
            .then(({ state }) => state)
            .catch(() => 'too early'),
        )
        .toBe('approved');
    });
  await give({ kind: 'session' });
  await expect.poll(() => daemon.app.grants.list()).toEqual([]);
  await give({ kind: 'minutes', minutes: 60 });
  await restart();
  expect(await daemon.app.grants.list()).toMatchObject([{ tool: 'raw', used: 0, session: null }]);
  await withClient(async (client) => {
    await client.initialize();
    client.start('tools/call', { name: 'raw', arguments: args });
    await expect.poll(async () => (await daemon.app.grants.list())[0]?.used).toBe(1);
  });
  expect(await daemon.app.asks.list({ open: true })).toEqual([]);

  // Holding the tool back ends it.
  await daemon.app.tools.hold({ server: 'echo', tools: ['raw'] });
  expect(await daemon.app.grants.list()).toEqual([]);
});

/** The one call that is asked about. */
async function nextAsk() {
  await expect.poll(async () => (await daemon.app.asks.list({ open: true })).length).toBe(1);
  const [ask] = await daemon.app.asks.list({ open: true });
  if (!ask) throw new Error('Nobody is asked.');
  return ask;
}
