import { expect, test } from 'vitest';
import type { RecordDraft } from '../../contract/record.ts';
import { Refused } from '../../contract/refusal.ts';
import { instanceInfo, logLine } from '../../contract/server.ts';
import type { ProcessEnd, ProcessTree, SpawnPlan } from './ports.ts';
import { openSupervisor } from './supervisor.ts';

const plan: SpawnPlan = {
  server: 'notes',
  program: '/usr/bin/notes',
  args: [],
  cwd: '/',
  env: { TOKEN: 's3cret' },
  confinement: null,
};
const bytes = (text: string) => new TextEncoder().encode(text);

/** A tree that ends when the test says so, or when it is stopped. */
class ScriptedTree implements ProcessTree {
  readonly pid = 4711;
  readonly written: string[] = [];
  readonly ended: Promise<ProcessEnd>;
  end!: (end: Partial<ProcessEnd>) => void;
  #output: (chunk: Uint8Array) => void = () => {};
  #errors: (chunk: Uint8Array) => void = () => {};
  constructor() {
    this.ended = new Promise((resolve) => {
      this.end = (end) => resolve({ code: null, signal: null, survivors: 0, ...end });
    });
  }
  write = (chunk: Uint8Array) => this.written.push(new TextDecoder().decode(chunk)) > 0;
  onDrain() {}
  onOutput = (listener: (chunk: Uint8Array) => void) => {
    this.#output = listener;
  };
  onErrorOutput = (listener: (chunk: Uint8Array) => void) => {
    this.#errors = listener;
  };
  pause() {}
  resume() {}
  prints = (text: string) => this.#output(bytes(text));
  complains = (text: string) => this.#errors(bytes(text));
  stop = () => {
    this.end({ signal: 'SIGTERM' });
    return this.ended;
  };
}

function open() {
  const trees: ScriptedTree[] = [];
  const records: RecordDraft[] = [];
  const toDisk: string[] = [];
  const timers: { at: number; task: () => void }[] = [];
  const world = { now: 0, ids: 0, auditFails: false, spawnFails: false };
  const pass = (ms: number) => {
    world.now += ms;
    for (const timer of timers.splice(0)) timer.at <= world.now ? timer.task() : timers.push(timer);
  };
  const supervisor = openSupervisor({
    processes: {
      isolation: 'none',
      confines: false,
      async spawn() {
        if (world.spawnFails) throw new Refused('SPAWN_FAILED', 'ENOEXEC');
        const tree = new ScriptedTree();
        trees.push(tree);
        return tree;
      },
    },
    audit: {
      append(draft) {
        if (world.auditFails) throw new Refused('AUDIT_UNAVAILABLE');
        records.push(draft);
        return { id: '', seq: records.length };
      },
      synced: async () => {},
    },
    clock: {
      now: () => '2026-11-21T03:17:00.000123Z',
      later: () => '',
      monotonic: () => world.now,
      after(ms, task) {
        const timer = { at: world.now + ms, task };
        timers.push(timer);
        return () => timers.splice(timers.indexOf(timer), 1);
      },
    },
    newId: () => `0192f0a0-0000-7000-8000-${String(++world.ids).padStart(12, '0')}`,
    random: () => 0,
    secretValues: { values: () => ['s3cret'] },
    logFiles: { append: (server, { text }) => toDisk.push(`${server}: ${text}`) },
  });
  const start = async () => {
    const instance = await supervisor.start(plan, null, supervisor.stops('notes'));
    return { instance, tree: trees.at(-1) as ScriptedTree };
  };
  const crash = async (tree: ScriptedTree, instance: { onExit(listener: (reason: string) => void): void }) => {
    const exit = new Promise<string>((resolve) => instance.onExit(resolve));
    tree.end({ code: 3 });
    return exit;
  };
  const events = () => records.map(({ event }) => event);
  return { supervisor, trees, records, toDisk, world, pass, start, crash, events };
}

const refused = (code: string) => ({ refusal: { code } });

test('an instance starts, answers, and is stopped: each is recorded', async () => {
  const { supervisor, start, events } = open();
  const { instance } = await start();
  expect(instanceInfo.parse(instance.info())).toMatchObject({ state: 'starting', pid: 4711, reason: null });
  instance.markReady();
  expect(instance.info().state).toBe('ready');
  const reasons: string[] = [];
  instance.onExit((reason) => reasons.push(reason));
  await instance.stop('The client left');
  await Promise.resolve();
  expect(reasons).toEqual(['The client left']);
  expect(instance.info()).toMatchObject({ state: 'stopped', pid: null });
  expect(supervisor.instances()).toEqual([]);
  expect(supervisor.standing('notes')).toEqual({ state: 'stopped', reason: 'The client left' });
  expect(events()).toEqual(['starting', 'ready', 'stopped']);
});

test('a program that its sandbox kept from a change is explained, once', async () => {
  const confinement = { network: true, home: '/', writes: [], reads: [], shows: [], hides: [], keeps: [], caches: [] };
  const explanations = async (given: SpawnPlan) => {
    const { supervisor, trees } = open();
    await supervisor.start(given, null, supervisor.stops('notes'));
    for (const line of ['Error: EROFS: read-only file system, open /x\n', 'EROFS\n']) trees.at(-1)?.complains(line);
    return supervisor.logs('notes', { after: 0, limit: 10, words: 'sandbox keeps' }).length;
  };
  expect(await explanations({ ...plan, confinement })).toBe(1);
  expect(await explanations(plan)).toBe(0);
});

test('bytes go both ways untouched', async () => {
  const { start } = open();
  const { instance, tree } = await start();
  const output: string[] = [];
  instance.onOutput((chunk) => output.push(new TextDecoder().decode(chunk)));
  instance.write(bytes('in\n'));
  tree.prints('out');
  tree.prints('\n');
  expect([tree.written, output]).toEqual([['in\n'], ['out', '\n']]);
});

test('a crash is told, and the next start waits for half a second', async () => {
  const { supervisor, start, crash, pass, trees } = open();
  const { instance, tree } = await start();
  expect(await crash(tree, instance)).toBe('The server ended with code 3');
  const next = supervisor.start(plan, null, supervisor.stops('notes'));
  await Promise.resolve();
  expect(supervisor.standing('notes')).toEqual({ state: 'backing-off', reason: 'The server ended with code 3' });
  expect(trees).toHaveLength(1);
  pass(500);
  await next;
  expect(trees).toHaveLength(2);
});

test('after the sixth crash within a minute nothing starts until a person restarts', async () => {
  const { supervisor, start, crash, pass, world, events } = open();
  for (let i = 0; i < 6; i++) {
    const starting = start();
    await Promise.resolve();
    pass(8000);
    const { instance, tree } = await starting;
    await crash(tree, instance);
  }
  world.now += 10_000_000;
  await expect(supervisor.start(plan, null, supervisor.stops('notes'))).rejects.toMatchObject(refused('SERVER_FAILED'));
  expect(supervisor.standing('notes').state).toBe('failed');
  expect(events().at(-1)).toBe('failed');
  supervisor.reset('notes');
  await start();
});

test('an old instance’s exit touches neither the new instance nor its state', async () => {
  const { supervisor, start } = open();
  const old = await start();
  const young = await start();
  young.instance.markReady();
  old.tree.end({ code: 1 });
  await new Promise<string>((resolve) => old.instance.onExit(resolve));
  expect(young.instance.info().state).toBe('ready');
  expect(supervisor.instances('notes')).toEqual([young.instance]);
});

test('what cannot be started is refused and counts as a crash', async () => {
  const { supervisor, world, events } = open();
  world.spawnFails = true;
  await expect(supervisor.start(plan, null, supervisor.stops('notes'))).rejects.toMatchObject(refused('SPAWN_FAILED'));
  expect(events()).toEqual(['starting', 'failed']);
  expect(supervisor.logs('notes', { after: 0, limit: 1 })[0]?.text).toMatch(/ENOEXEC/);
});

test('nothing starts that cannot be recorded', async () => {
  const { supervisor, world, trees } = open();
  world.auditFails = true;
  await expect(supervisor.start(plan, null, supervisor.stops('notes'))).rejects.toMatchObject(
    refused('AUDIT_UNAVAILABLE'),
  );
  expect(trees).toEqual([]);
});

test('stopping a server ends its instances, the starts that wait and the one under way', async () => {
  const { supervisor, start, crash, trees } = open();
  const other = await start();
  const { instance, tree } = await start();
  const underWay = supervisor.start(plan, null, supervisor.stops('notes'));
  await supervisor.stopServer('notes', 'Switched off');
  await expect(underWay).rejects.toMatchObject(refused('SERVER_FAILED'));
  expect(supervisor.instances()).toEqual([]);
  expect([other.instance.info().state, instance.info().state]).toEqual(['stopped', 'stopped']);
  for (const { ended } of trees) await ended;

  const again = await start();
  await crash(again.tree, again.instance);
  const waiting = supervisor.start(plan, null, supervisor.stops('notes'));
  await Promise.resolve();
  await supervisor.stopAll('The daemon ends');
  await expect(waiting).rejects.toMatchObject(refused('SERVER_FAILED'));
  expect(tree.written).toEqual([]);
});

test('a start whose plan was made before the server was stopped is void', async () => {
  const { supervisor, start, trees } = open();
  const stops = supervisor.stops('notes');
  await supervisor.stopServer('notes', 'Its secret was revoked');
  await expect(supervisor.start(plan, null, stops)).rejects.toMatchObject(refused('SERVER_FAILED'));
  expect([trees, supervisor.known()]).toEqual([[], ['notes']]);
  expect((await start()).instance.info().state).toBe('starting');
});

test('the log has stderr, noise and lifecycle, without secrets, in memory and on disk', async () => {
  const { supervisor, start, toDisk, pass } = open();
  const heard: string[] = [];
  supervisor.onChange((server) => heard.push(server));
  const { instance, tree } = await start();
  tree.complains('using token s3cret\nhalf a');
  tree.complains(' line\n');
  instance.log('stdout', 'banner');
  const lines = supervisor.logs('notes', { after: 0, limit: 100 });
  expect(lines.map(({ stream, text }) => [stream, text])).toEqual([
    ['lifecycle', 'started as process 4711'],
    ['stderr', 'using token [secret]'],
    ['stderr', 'half a line'],
    ['stdout', 'banner'],
  ]);
  for (const line of lines) logLine.parse(line);
  expect(toDisk).toContain('notes: using token [secret]');
  const before = heard.length;
  for (let i = 0; i < 1000; i++) tree.complains('flood\n');
  pass(100);
  expect(heard.length - before).toBeLessThanOrEqual(1);
});
