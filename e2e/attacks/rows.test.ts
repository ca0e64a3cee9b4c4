import { randomBytes } from 'node:crypto';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { agree, agreeToLaunch } from '../fixtures/daemon.ts';
import { Stage } from './stage.ts';

interface Row {
  kind: string;
  key: string;
  pending: number;
  body: string;
  record: string;
  mac: Buffer;
}

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage[Symbol.asyncDispose]());

/** The rows of state.db, and a way to put one there, as anybody with the file can. */
function withRows(attack: (rows: Row[], put: (row: Row) => void, db: Database.Database) => void): void {
  const db = new Database(stage.path('state', 'state.db'));
  const put = db.prepare('INSERT OR REPLACE INTO seals VALUES (@kind, @key, @pending, @body, @record, @mac)');
  attack(db.prepare<[], Row>('SELECT * FROM seals').all(), (row) => void put.run(row), db);
  db.close();
}

const rowOf = (rows: readonly Row[], kind: string, key: string): Row => {
  const row = rows.find((one) => one.kind === kind && one.key === key);
  if (!row) throw new Error(`There is no ${kind} of ${key} among ${rows.map((one) => `${one.kind} ${one.key}`)}.`);
  return row;
};

/** The void row is named in the ledger and in the daemon's status. */
async function isNamed(kind: string): Promise<void> {
  const alarms = await stage.alarms();
  expect(alarms.filter(({ event, detail }) => event === 'row-void' && detail?.kind === kind)).not.toEqual([]);
  const { problems } = await stage.daemon.app.daemon.status();
  expect(problems.filter(({ code, detail }) => code === 'DATABASE_TAMPERED' && detail?.includes(kind))).not.toEqual([]);
}

test('a consent with a forged MAC, or without one, is void', async () => {
  const { app } = stage.daemon;
  for (const name of ['forged', 'bare']) await app.servers.add({ name, entry: stage.entry() });
  await stage.whileStopped(() =>
    withRows((rows, put) => {
      const honest = rowOf(rows, 'consent', 'recorder');
      put({ ...honest, key: 'forged', mac: randomBytes(honest.mac.length) });
      put({ ...honest, key: 'bare', mac: Buffer.alloc(0) });
    }),
  );
  expect(await stage.firstWord('forged')).toBe('CONSENT_NEEDED');
  expect(await stage.firstWord('bare')).toBe('CONSENT_NEEDED');
  await isNamed('consent');
});

test('a consent copied to another server is void, even put there while the daemon runs', async () => {
  await stage.daemon.app.servers.add({ name: 'copied', entry: stage.entry() });
  withRows((rows, put) => put({ ...rowOf(rows, 'consent', 'recorder'), key: 'copied' }));
  expect(await stage.firstWord('copied')).toBe('CONSENT_NEEDED');
  await isNamed('consent');
});

test('a consent that was withdrawn does not come back with its old row', async () => {
  let old: Row | undefined;
  withRows((rows) => {
    old = rowOf(rows, 'consent', 'recorder');
  });
  await stage.daemon.app.servers.withdraw({ server: 'recorder' });
  await stage.whileStopped(() => withRows((_, put) => put(old as Row)));
  expect(await stage.firstWord()).toBe('CONSENT_NEEDED');
  await isNamed('consent');
});

test('a pin with a lower class, or an older one, does not make a tool run unasked', async () => {
  let old: Row | undefined;
  await stage.whileStopped(() =>
    withRows((rows, put) => {
      const pin = rows.find(({ kind, body }) => kind === 'pin' && body.includes('"put"')) as Row;
      put({ ...pin, body: pin.body.replace('"class":"write"', '"class":"read"') });
      old = pin;
    }),
  );
  expect(await stage.call('put', 'lower class')).toBe('TOOL_HELD');
  await isNamed('pin');

  // A person holds "look"; the attacker puts the row back that let it run.
  withRows((_, put) => put(old as Row));
  let look: Row | undefined;
  withRows((rows) => {
    look = rows.find(({ kind, body }) => kind === 'pin' && body.includes('"look"'));
  });
  await stage.daemon.app.tools.hold({ server: 'recorder', tools: ['look'] });
  await stage.whileStopped(() => withRows((_, put) => put(look as Row)));
  expect(await stage.call('look', 'older pin')).toBe('TOOL_HELD');
  expect(stage.received()).toEqual([]);
});

test('without any pins a server counts as unreviewed: whatever it offers is asked about', async () => {
  await stage.whileStopped(() => withRows((_, __, db) => db.exec("DELETE FROM seals WHERE kind = 'pin'")));
  const connection = stage.connect();
  await connection.initialize();
  const id = connection.start('tools/call', { name: 'look', arguments: { n: 'unpinned' } });
  const { approval } = stage.daemon;
  for await (const _ of await approval.daemon.changes()) {
    const [ask] = await approval.asks.list({ open: true });
    if (!ask) continue;
    expect(ask.subject).toMatchObject({ kind: 'call', tool: 'look', class: 'external' });
    await approval.asks.deny({ id: ask.id });
    break;
  }
  expect((await connection.answer(id)).message.result.isError).toBe(true);
  expect(stage.received()).toEqual([]);
  await isNamed('pin');
});

test('a switch that was turned off stays off when its row says on, is the older one, or is gone', async () => {
  await stage.daemon.app.servers.disable({ server: 'recorder' });
  const backup = stage.path('on.db');
  const attacks: Array<(rows: Row[], put: (row: Row) => void, db: Database.Database) => void> = [
    (rows, put) => {
      const off = rowOf(rows, 'switch', 'recorder');
      put({ ...off, body: off.body.replace('true', 'false') });
    },
    (_, __, db) => db.exec("DELETE FROM seals WHERE kind = 'switch'"),
  ];
  for (const attack of attacks) {
    await stage.whileStopped(() => {
      withRows(attack);
      copyFileSync(stage.path('state', 'state.db'), backup);
    });
    expect(await stage.firstWord()).toBe('SERVER_DISABLED');
    await isNamed('switch');
  }

  // Switched on by a person and off again: the row of "on" was honest once.
  await agree(stage.daemon, await stage.daemon.app.servers.enable({ server: 'recorder' }));
  let on: Row | undefined;
  withRows((rows) => {
    on = rowOf(rows, 'switch', 'recorder');
  });
  await stage.daemon.app.servers.disable({ server: 'recorder' });
  await stage.whileStopped(() => withRows((_, put) => put(on as Row)));
  expect(await stage.firstWord()).toBe('SERVER_DISABLED');
});

test('a switch whose row is altered or removed under the running daemon stays off', async () => {
  await stage.daemon.app.servers.disable({ server: 'recorder' });
  withRows((rows, put) => put({ ...rowOf(rows, 'switch', 'recorder'), body: '{"off":false}' }));
  writeFileSync(stage.path('config', 'servers.json'), JSON.stringify({ mcpServers: { recorder: stage.entry() } }));
  expect(await stage.firstWord()).toBe('SERVER_DISABLED');
  withRows((_, __, db) => db.exec("DELETE FROM seals WHERE kind = 'switch'"));
  expect(await stage.firstWord()).toBe('SERVER_DISABLED');
  await stage.whileStopped(() => {});
  expect(await stage.firstWord()).toBe('SERVER_DISABLED');
});

test('accepted policies that were replaced or removed: everything is denied until a person accepts again', async () => {
  const { app } = stage.daemon;
  const policy = stage.path('config', 'policies', 'mine.cedar');
  writeFileSync(policy, '@id("mine/put")\nforbid (principal, action, resource) when { context.class == "write" };\n');
  expect((await app.policy.check()).proposal).toBeNull();

  await stage.whileStopped(() => {
    rmSync(policy);
    withRows((rows, put) => {
      const row = rowOf(rows, 'policy', 'person');
      put({ ...row, body: JSON.stringify({ files: [] }) });
    });
  });
  expect(await stage.call('look', 'replaced')).toBe('POLICY_ERROR');
  await isNamed('policy');

  await stage.whileStopped(() => withRows((_, __, db) => db.exec("DELETE FROM seals WHERE kind = 'policy'")));
  expect(await stage.call('look', 'removed')).toBe('POLICY_ERROR');
  expect(stage.received()).toEqual([]);
});

test('the whole of state.db taken back to an earlier day gives nothing back that was taken away since', async () => {
  const backup = stage.path('earlier.db');
  await stage.whileStopped(() => copyFileSync(stage.path('state', 'state.db'), backup));
  const { app } = stage.daemon;
  await app.tools.hold({ server: 'recorder', tools: ['look'] });
  await app.servers.add({ name: 'other', entry: stage.entry() });
  await agreeToLaunch(stage.daemon, 'other');
  await app.servers.withdraw({ server: 'other' });
  await app.servers.disable({ server: 'other' });
  await stage.whileStopped(() => copyFileSync(backup, stage.path('state', 'state.db')));
  expect(await stage.call('look', 'earlier')).toBe('TOOL_HELD');
  expect(await stage.firstWord('other')).toBe('SERVER_DISABLED');
});
