import { beforeEach, expect, test } from 'vitest';
import type { AskView } from '../../contract/ask.ts';
import type { RecordView } from '../../contract/record.ts';
import type { DefinitionReview } from '../../contract/tool.ts';
import { TOUR_STEPS } from '../../contract/tour.ts';
import type { TourDeps } from './ports.ts';
import { createTour, type Tour } from './tour.ts';

/** A world in memory that behaves as the operations do: a person who answers, a server that writes, a ledger that counts. */
class World {
  answers: Array<'approved' | 'denied'> = [];
  servers = new Map<string, { name: string; args: string[] }>();
  files = new Map<string, string>();
  records: Partial<RecordView>[] = [];
  tampered: string[] = [];
  clients = 0;
  changes = 0;
  folders = 0;

  answer() {
    return this.answers.shift() ?? 'approved';
  }

  deps(): TourDeps {
    const operations = {
      servers: {
        add: async ({ name, entry }: { name: string; entry: { args: string[] } }) =>
          void this.servers.set(name, { name, args: entry.args }),
        remove: async ({ server }: { server: string }) => void this.servers.delete(server),
        review: async () => ({ launch: { args: ['a', 'b'], files: [{}] }, digest: 'sha256:1', problem: null }),
        consent: async () => ({ ask: 'consent' }),
        start: async () => {},
        list: async () => [...this.servers.values()],
      },
      tools: {
        list: async () => [tool('read_text_file', 'read'), tool('write_file', 'write')],
        accept: async () => ({ ask: 'pin' }),
      },
      asks: { wait: async () => ({ state: this.answer(), note: null }) as AskView },
      audit: {
        search: async () => ({ records: this.records, total: this.records.length, next: null }),
        verify: async () => ({ ok: true, records: 9, signed: 9, checkpoints: 1, root: 'abc', fault: null }),
      },
    };
    return {
      operations: operations as unknown as TourDeps['operations'],
      openClient: async () => {
        this.clients += 1;
        return { call: (name, args) => this.call(name, args), close: async () => this.gone('clients') };
      },
      makeFolder: async () => {
        this.folders += 1;
        return {
          path: '/tour',
          read: async (name) => this.files.get(`/tour/${name}`) ?? null,
          remove: async () => this.gone('folders'),
        };
      },
      serverFor: (folder) => ({ command: 'node', args: ['index.js', folder], env: {} }),
      tamper: async (record) => {
        this.tampered.push(record);
        const fault = { seq: 3, record, kind: 'altered' as const, message: 'Record 3 was altered.' };
        const ledger = { records: 9, signed: 0, checkpoints: 1, root: null, first: null, epochs: [] };
        return { changed: 'one byte', report: { ok: false, ...ledger, fault } };
      },
      changed: () => {
        this.changes += 1;
      },
    };
  }

  gone(what: 'clients' | 'folders') {
    this[what] -= 1;
  }

  async call(name: string, args: Readonly<Record<string, unknown>>) {
    if (name === 'read_text_file') return { text: 'Welcome.', isError: false };
    if (this.answer() === 'denied') return { text: 'A person denied this.', isError: true };
    this.files.set(String(args.path), String(args.content));
    this.records.push({ id: 'r1', type: 'outcome', tool: name });
    return { text: 'ok', isError: false };
  }
}

const tool = (name: string, proposed: string) =>
  ({ kind: 'tool', name, digest: 'sha256:2', state: 'new', class: null, proposed }) as DefinitionReview;

let world: World;
let tour: Tour;

beforeEach(() => {
  world = new World();
  tour = createTour(world.deps());
});

const stateOf = (step: string) => tour.state().steps.find((each) => each.step === step);

test('the whole story, told in order', async () => {
  world.answers = ['approved', 'approved', 'denied', 'approved'];
  expect(tour.state()).toMatchObject({ folder: null, server: null });
  for (const step of TOUR_STEPS) await tour.run(step);
  expect(tour.state().steps.map(({ state }) => state)).toEqual(TOUR_STEPS.map(() => 'done'));
  expect(tour.state()).toMatchObject({ folder: '/tour', server: 'tour' });
  expect(stateOf('write-denied')?.outcome).toContain('A person denied this.');
  expect(world.files.get('/tour/note.txt')).toBe('Countersigned.\n');
  expect(world.tampered).toEqual(['r1']);
  expect(stateOf('tamper')?.outcome).toContain('Record 3 was altered.');
});

test('no step before the ones it follows', async () => {
  await expect(tour.run('read')).rejects.toThrow('the step consent comes first');
  expect(stateOf('read')?.state).toBe('waiting');
});

test('one step at a time', async () => {
  const first = tour.run('consent');
  await expect(tour.run('consent')).rejects.toThrow('still running');
  await first;
});

test('a consent that is denied fails the step, which may be run again', async () => {
  world.answers = ['denied', 'approved'];
  await tour.run('consent');
  expect(stateOf('consent')).toMatchObject({ state: 'failed' });
  await tour.run('consent');
  expect(stateOf('consent')).toMatchObject({ state: 'done' });
});

test('allowing what should be denied fails that step; denying it the second time goes on', async () => {
  world.answers = ['approved', 'approved', 'approved', 'denied'];
  for (const step of ['consent', 'review', 'read', 'write-denied'] as const) await tour.run(step);
  expect(stateOf('write-denied')).toMatchObject({ state: 'failed' });
  await tour.run('write-denied');
  expect(stateOf('write-denied')).toMatchObject({ state: 'done' });
});

test('a person’s own server named tour is left alone', async () => {
  world.servers.set('tour', { name: 'tour', args: ['mine.js'] });
  await tour.run('consent');
  expect(stateOf('consent')?.outcome).toContain('of your own');
  await tour.reset();
  expect(world.servers.get('tour')?.args).toEqual(['mine.js']);
});

test('a connection that breaks is opened anew by the next run', async () => {
  const deps = world.deps();
  let refused = true;
  tour = createTour({
    ...deps,
    openClient: async (server) => {
      if (refused) throw new Error('connection closed');
      return deps.openClient(server);
    },
  });
  for (const step of ['consent', 'review', 'read'] as const) await tour.run(step);
  expect(stateOf('read')).toMatchObject({ state: 'failed', outcome: 'connection closed' });
  refused = false;
  await tour.run('read');
  expect(stateOf('read')).toMatchObject({ state: 'done' });
});

test('resetting leaves nothing behind and tells everyone', async () => {
  for (const step of ['consent', 'review', 'read'] as const) await tour.run(step);
  const told = world.changes;
  const state = await tour.reset();
  expect(state.steps.every(({ state }) => state === 'waiting')).toBe(true);
  expect(world).toMatchObject({ clients: 0, folders: 0 });
  expect(world.servers.size).toBe(0);
  expect(world.changes).toBeGreaterThan(told);
});
