import { expect, test } from 'vitest';
import type { ClientEntry, ClientsView, ProtectPlan } from '../../../contract/client.ts';
import { Refused } from '../../../contract/errors.ts';
import { onStage } from '../stage.ts';

const HASH = `sha256:${'c'.repeat(64)}`;
const entry = (n: number, name: string, rest: Partial<ClientEntry> = {}): ClientEntry => ({
  id: `sha256:${String(n).repeat(64)}`,
  name,
  line: 3,
  state: 'unprotected',
  reason: null,
  server: null,
  command: 'npx',
  args: ['-y', name],
  env: [],
  url: null,
  appeared: null,
  kept: false,
  left: null,
  off: false,
  unasked: false,
  findings: [],
  ...rest,
});
const file = { also: [], scope: 'user' as const, project: null, problem: null };
const VIEW: ClientsView = {
  files: [
    {
      ...file,
      client: 'cursor',
      also: ['junie'],
      path: '/home/mara/.cursor/mcp.json',
      entries: [
        entry(1, 'rogue\u202e', { appeared: { at: '2026-11-21T03:17:00.000123Z', change: 'added' }, unasked: true }),
        entry(2, 'files'),
        entry(3, 'away', { state: 'remote', command: null, args: [], url: 'https://example.org/mcp' }),
      ],
    },
    {
      ...file,
      client: 'zed',
      path: '/z',
      entries: [
        entry(4, 'files', { state: 'protected', server: 'files', kept: true }),
        entry(5, 'by-hand', { state: 'protected', server: 'files' }),
      ],
    },
    { ...file, client: 'codex', path: '/c', problem: { line: 12, message: 'no end' }, entries: [] },
  ],
  projects: [],
  unread: ['/home/mara/clone'],
  known: 18,
};
const PLAN: ProtectPlan = {
  digest: HASH,
  changes: [
    { client: 'cursor', file: '/f', entry: 'files', line: 2, before: '"command": "npx"', after: '"command": "node"' },
  ],
  servers: [{ name: 'files', command: 'npx', args: [], env: {}, cwd: null, present: false }],
  secrets: [{ name: 'tok', server: 'files', variable: 'TOK', entries: [HASH], why: 'its name says so', length: 9 }],
  missing: [{ server: 'files', variable: 'KEY', name: 'key', description: null }],
  asked: [],
  files: [{ server: 'files', path: '/p/.env', variables: ['A', 'B'] }],
  exposed: [{ server: 'files', argument: 3, why: 'the name of --api-key says so' }],
};
const ASK = '01999999-0000-7000-8000-000000000001';

/** Operations that remember what they were asked to do, and a person who says yes to everything. */
function operations(view = VIEW) {
  const done: unknown[] = [];
  const note = (what: string) => async (input: unknown) => {
    done.push([what, input]);
    return { ask: ASK, servers: ['files'] };
  };
  const subject = { kind: 'project' as const, folder: '/x' };
  const answered = async () => ({ id: ASK, subject, state: 'approved', by: 'mara', note: null }) as never;
  const api = {
    clients: {
      list: async () => view,
      plan: async () => PLAN,
      planUndo: async () => ({ changes: PLAN.changes, secrets: ['tok'], gone: ['old'], digest: HASH }),
      import: note('import') as never,
      protect: note('protect') as never,
      undo: note('undo') as never,
      quarantine: note('quarantine') as never,
      leave: note('leave') as never,
    },
    servers: {
      review: async ({ server }: { server: string }) =>
        ({
          server,
          digest: HASH,
          consent: 'needed',
          problem: null,
          findings: server === 'severe' ? [{ severity: 'severe' }] : [],
        }) as never,
      consentAll: note('consentAll') as never,
      consent: note('consent') as never,
    },
    asks: { get: answered, wait: answered },
    daemon: { status: async () => ({ mode: 'app' }) as never },
  };
  return { api, done };
}

test('list says where each entry stands, and hides nothing that a name hides', async () => {
  const { out } = await onStage({ api: operations().api }, 'clients', 'list');
  expect(out).toContain('Cursor, Junie  /');
  expect(out).toMatch(/rogue⟨U\+202E⟩\s+unprotected ! new runs unasked/);
  expect(out).toMatch(/away\s+not covered yet\s+https:\/\/example\.org\/mcp/);
  expect(out).toMatch(/files\s+protected as files/);
  expect(out).toContain('cannot be read line 12: no end');
  expect(out).toContain('not read  /home/mara/clone');
  expect(out).toContain('! came or changed without you: ');
  expect(JSON.parse((await onStage({ api: operations().api }, 'clients', 'list', '--json')).out)).toEqual(VIEW);
});

test('an entry is meant by client and name, by name, or by the beginning of its id', async () => {
  for (const text of ['cursor/files', 'junie/files', '22222222']) {
    const { api, done } = operations();
    const { code, out } = await onStage({ api }, 'clients', 'protect', text, '--plain', 'LEVEL');
    expect(code).toBe(0);
    expect(out).toMatch(/- "command": "npx"\n\+ "command": "node"/);
    expect(out).toMatch(/tok\s+TOK of files/);
    expect(out).toContain('argument 3 of files: the name of --api-key says so');
    expect(out).toContain('A B of files, from /p/.env, which stays as it is');
    const id = entry(2, '').id;
    const choice = { entries: [id], plain: [{ entry: id, variable: 'LEVEL' }], answers: [] };
    expect(done).toEqual([['protect', { ...choice, digest: HASH }]]);
  }
  expect((await onStage({ api: operations().api }, 'clients', 'protect', 'nothing')).error).toContain('NOT_FOUND');
  expect((await onStage({ api: operations().api }, 'clients', 'protect')).error).toContain('name the entries');
});

test('what the client would ask is given along, or typed; without either nothing is asked of a person', async () => {
  const { id } = entry(2, '');
  const { api, done } = operations();
  const question = { entry: id, server: 'files', input: 'region', description: 'Region', options: ['eu', 'us'] };
  const plan = async ({ answers }: { answers?: { value: string }[] | undefined }) => ({
    ...PLAN,
    asked: [{ ...question, value: answers?.[0]?.value ?? null }],
  });
  const asking = { ...api, clients: { ...api.clients, plan } };
  const answers = [{ entry: id, input: 'region', value: 'eu' }];
  await onStage({ api: asking }, 'clients', 'protect', 'cursor/files', '--answer', 'region=eu');
  const { questions } = await onStage({ api: asking, types: ['eu'] }, 'clients', 'protect', 'cursor/files');
  expect(questions).toEqual(['Region, for files (eu, us): ']);
  const wished = ['protect', { entries: [id], plain: [], answers, digest: HASH }];
  expect(done).toEqual([wished, wished]);
  const { code, error } = await onStage({ api: asking }, 'clients', 'protect', 'cursor/files');
  expect([code, error]).toEqual([1, expect.stringContaining('--answer region=VALUE')]);
  expect(done).toHaveLength(2);
});

test('different questions of one id are asked one by one', async () => {
  const [one, other] = [entry(2, '').id, entry(4, '').id];
  const { api, done } = operations();
  const question = { server: 'files', input: 'region', value: null };
  const asked = [
    { ...question, entry: one, description: 'Region', options: ['eu', 'us'] },
    { ...question, entry: other, description: 'Region', options: ['north', 'south'] },
  ];
  const asking = { ...api, clients: { ...api.clients, plan: async () => ({ ...PLAN, asked }) } };
  const { questions } = await onStage({ api: asking, types: ['eu', 'south'] }, 'clients', 'protect', 'cursor/files');
  expect(questions).toEqual(['Region, for files (eu, us): ', 'Region, for files (north, south): ']);
  const answers = [
    { entry: one, input: 'region', value: 'eu' },
    { entry: other, input: 'region', value: 'south' },
  ];
  expect(done).toMatchObject([['protect', { answers }]]);
});

test('undo and quarantine take theirs', async () => {
  const { api, done } = operations();
  const { out } = await onStage({ api }, 'clients', 'undo', '--all');
  expect(out).toContain('Written out in plain again: tok');
  expect(out).toContain('Revoked meanwhile, so that nothing comes in its place: old');
  await onStage({ api }, 'clients', 'quarantine', '11111111');
  expect(done).toEqual([
    ['undo', { entries: [entry(4, '').id], digest: HASH }],
    ['quarantine', { entry: entry(1, '').id }],
  ]);
});

test('leave asks about one entry, and only one', async () => {
  const { api, done } = operations();
  await onStage({ api }, 'clients', 'leave', '11111111');
  expect(done).toEqual([['leave', { entry: entry(1, '').id }]]);
  expect((await onStage({ api }, 'clients', 'leave', 'files')).error).toContain('several are called files');
});

test('what a person left as it is says so, and is in no list of what is to be protected', async () => {
  const left = { at: '2026-11-21T03:17:00.000123Z', by: 'mara' };
  const view = { ...VIEW, files: [{ ...VIEW.files[0], entries: [entry(1, 'own', { left })] }] } as ClientsView;
  const { api } = operations(view);
  expect((await onStage({ api }, 'clients', 'list')).out).toMatch(/own\s+unprotected left so by mara/);
  expect((await onStage({ api }, 'clients', 'protect', '--all')).error).toContain('no entry is unprotected');
  const setup = await onStage({ api }, 'setup');
  expect([setup.code, setup.out]).toEqual([0, expect.stringContaining('Nothing that could be put behind Countersign')]);
  const none = operations({ ...VIEW, files: [] });
  expect((await onStage({ api: none.api }, 'setup')).out).toContain('None of the 18 clients we know');
});

test('setup goes from what is unprotected over one question of launches to one of files', async () => {
  const { api, done } = operations();
  const { code, out, error, questions } = await onStage({ api, types: [''] }, 'setup', '--plain', 'LEVEL');
  expect(code).toBe(0);
  expect(out).toContain('What your clients launch around Countersign');
  expect(error).toContain('Left out, since it came without you: rogue⟨U+202E⟩ (11111111)');
  expect(questions).toEqual(['Put this one behind Countersign? Enter goes on. ']);
  expect(done.map((one) => (one as [string])[0])).toEqual(['import', 'consentAll', 'protect']);
  expect(done[0]).toMatchObject(['import', { plain: [{ entry: entry(2, '').id, variable: 'LEVEL' }] }]);
});

test('setup asks about a severe launch by itself, and does nothing on a no', async () => {
  const { api, done } = operations();
  const severe = { ...api, clients: { ...api.clients, import: (async () => ({ servers: ['severe'] })) as never } };
  await onStage({ api: severe, types: ['yes'] }, 'setup', 'cursor/files');
  expect(done.map((one) => (one as [string])[0])).toEqual(['consent', 'protect']);
  const refused = operations();
  expect((await onStage({ api: refused.api, types: ['no'] }, 'setup')).error).toContain('nothing was changed');
  expect(refused.done).toEqual([]);
});

test('setup looks packages up before it asks, and says which could not be checked', async () => {
  const { api, done } = operations();
  const known = new Map<string, string>();
  const looked = {
    ...api,
    clients: { ...api.clients, import: (async () => ({ servers: ['held', 'silent', 'gone'] })) as never },
    packages: {
      prepare: async function* ({ server }: { server: string }) {
        done.push(['prepare', server]);
        if (server === 'gone') throw new Refused('PACKAGE_UNAVAILABLE', 'ended');
        yield { kind: 'progress', step: 'package', answers: 0 };
        known.set(server, HASH.replace(/c+$/, 'd'.repeat(64)));
        const notPinned = server === 'silent' ? 'the registry cannot be reached\u202e' : null;
        yield { kind: 'truth', truth: { version: notPinned && null }, notPinned };
      } as never,
    },
    servers: {
      ...api.servers,
      review: async ({ server }: { server: string }) =>
        ({
          server,
          digest: known.get(server) ?? HASH,
          consent: 'needed',
          problem: null,
          findings: [],
          package: { kind: 'npm', name: server },
          truth: null,
        }) as never,
    },
  };
  const { code, error } = await onStage({ api: looked, types: [''] }, 'setup');
  expect(code).toBe(0);
  expect(error).toContain('held: asking for the package…');
  expect(error).not.toMatch(/held: it(s package|) /);
  expect(error).toContain('silent: its package could not be checked: the registry cannot be reached⟨U+202E⟩');
  expect(error).toContain('gone: its package could not be checked: ');
  expect(error).toContain('Your prompts always carry your mark');
  const pinned = HASH.replace(/c+$/, 'd'.repeat(64));
  expect(done).toContainEqual([
    'consentAll',
    {
      servers: [
        { server: 'held', digest: pinned },
        { server: 'silent', digest: pinned },
        { server: 'gone', digest: HASH },
      ],
    },
  ]);
});
