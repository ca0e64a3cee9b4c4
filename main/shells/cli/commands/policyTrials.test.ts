import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Refused } from '../../../contract/errors.ts';
import type { PolicyQuery, PolicyReplay, PolicyTrial } from '../../../contract/policy.ts';
import type { Verdict } from '../../../contract/verdict.ts';
import { onStage } from '../stage.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cases-'));
});
afterEach(() => rm(folder, { recursive: true }));

const rule = { id: 'no-etc', file: 'mine.cedar', line: 3 };
const denied: Verdict = {
  decision: 'deny',
  approvals: 0,
  rule,
  reason: 'No.',
  decider: 'policy',
  code: 'POLICY_DENIED',
};
const asked: PolicyQuery[] = [];
const explain = async (query: PolicyQuery) => {
  asked.push(query);
  return { sentence: 'A call is denied.', verdict: denied, class: 'write' as const, risks: ['It names hosts: x.org.'] };
};
const given = async (name: string, text: string) => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};
const cases = (...list: object[]) => given('cases.json', JSON.stringify({ cases: list }));
const call = { server: 'files', tool: 'write_file' };

test('explain says the sentence and the risks, and takes arguments, class and a file to try', async () => {
  const file = await given('mine.cedar', 'text');
  const args = ['--args', '{"path":"/etc/x"}', '--class', 'write', '--file', file];
  const { code, out } = await onStage(
    { api: { policy: { explain } } },
    'policy',
    'explain',
    'files',
    'write_file',
    ...args,
  );
  expect(code).toBe(0);
  expect(out).toBe('A call is denied.\n  It names hosts: x.org.\n');
  expect(asked.at(-1)).toEqual({
    ...call,
    action: 'call',
    arguments: '{"path":"/etc/x"}',
    class: 'write',
    trial: { file: 'mine.cedar', text: 'text' },
  });
});

test('explain supposes what it is told: the moment, roles, where this machine works, the client', async () => {
  const told = [
    '--role',
    'lead',
    '--role',
    'admin',
    '--at',
    '2026-12-24T18:00:00+01:00',
    '--environment',
    'production',
  ];
  const more = ['--tenant', 'acme', '--region', 'eu', '--client', '/usr/bin/code', '--action', 'read_resource'];
  await onStage({ api: { policy: { explain } } }, 'policy', 'explain', 'files', 'demo://a', ...told, ...more);
  expect(asked.at(-1)).toEqual({
    server: 'files',
    tool: 'demo://a',
    arguments: '{}',
    action: 'read_resource',
    roles: ['lead', 'admin'],
    at: '2026-12-24T17:00:00.000Z',
    environment: 'production',
    tenant: 'acme',
    region: 'eu',
    client: '/usr/bin/code',
  });
  for (const wrong of [
    ['--at', 'soon'],
    ['--action', 'delete'],
  ])
    expect((await onStage({}, 'policy', 'explain', 'files', 'x', ...wrong)).code).toBe(2);
});

test('a file of the organisation’s, or of a server’s defaults, is tried as what it is', async () => {
  await mkdir(join(folder, 'organisation'));
  const file = await given('organisation/rules.cedar', 'text');
  await onStage({ api: { policy: { explain } } }, 'policy', 'explain', 'files', 'x', '--file', file);
  expect(asked.at(-1)).toMatchObject({ trial: { file: 'organisation/rules.cedar', text: 'text' } });
});

test('check reads one file as it would count, and says where it is wrong', async () => {
  const replay = async ({ trial }: { trial?: PolicyTrial | undefined }) => {
    if (trial?.text === 'wrong') throw new Refused('CONFIG_INVALID', 'mine.cedar:3: unexpected token');
    return { calls: 0, skipped: 0, since: null, differences: [] };
  };
  const check = async (text: string) =>
    onStage({ api: { policy: { replay } } }, 'policy', 'check', '--file', await given('mine.cedar', text));
  expect(await check('right')).toMatchObject({ code: 0, out: 'mine.cedar is sound.\n' });
  expect(await check('wrong')).toMatchObject({ code: 1, error: expect.stringContaining('mine.cedar:3') });
});

test('an unknown class is wrong usage', async () => {
  expect((await onStage({}, 'policy', 'explain', 'files', 'x', '--class', 'harmless')).code).toBe(2);
});

test('test passes what is judged as expected and names what is not', async () => {
  const stage = { api: { policy: { explain } } };
  const good = await onStage(
    stage,
    'policy',
    'test',
    await cases({ ...call, expect: 'deny', rule: 'no-etc', region: 'eu' }),
  );
  expect(asked.at(-1)).toMatchObject({ ...call, region: 'eu' });
  expect(good).toMatchObject({ code: 0, out: '✓ files write_file\n1 as expected, 0 not.\n' });
  const file = await cases({ ...call, name: 'mine', expect: 'ask' }, { ...call, expect: 'deny', rule: 'other' });
  const bad = await onStage(stage, 'policy', 'test', file);
  expect(bad.code).toBe(1);
  expect(bad.out).toContain('✗ mine\n    expected ask, found deny\n');
  expect(bad.out).toContain('expected the rule other, found no-etc');
});

test('a file of cases that is none is refused with the place', async () => {
  const missing = await onStage({}, 'policy', 'test', join(folder, 'none.json'));
  expect(missing.error).toContain('[NOT_FOUND]');
  const wrong = await onStage({}, 'policy', 'test', await cases({ ...call, expects: 'deny' }));
  expect(wrong.error).toContain('[INPUT_INVALID]');
  expect(wrong.error).toContain('cases.0');
  const named = await onStage({}, 'policy', 'replay', '--file', await given('mine.txt', ''));
  expect(named.error).toContain('ends in .cedar');
});

test('replay lists what would differ, with both rules', async () => {
  const replay: PolicyReplay = {
    calls: 7,
    skipped: 1,
    since: '2026-11-21T03:17:00.000123Z',
    differences: [
      {
        record: '0193c5e0-0000-7000-8000-00000000000a',
        at: '2026-11-21T04:17:00.000123Z',
        ...call,
        class: 'write',
        effect: 'Write 5 bytes to /etc/x with write_file on server files',
        before: { ...denied, decision: 'ask', approvals: 1, rule: { ...rule, id: 'default/ask', line: null } },
        after: denied,
        masked: true,
      },
      {
        record: '0193c5e0-0000-7000-8000-00000000000b',
        at: '2026-11-21T04:17:00.000123Z',
        ...call,
        class: 'write',
        effect: 'Write 5 bytes to /srv/x',
        before: { ...denied, decision: 'ask', approvals: 1 },
        after: { ...denied, decision: 'ask', approvals: 2 },
        masked: false,
      },
    ],
  };
  const { out } = await onStage({ api: { policy: { replay: async () => replay } } }, 'policy', 'replay');
  expect(out).toBe(
    '2026-11-21T04:17:00Z  Write 5 bytes to /etc/x with write_file on server files (parts are masked)\n' +
      '    ask by default/ask (mine.cedar) → deny by no-etc (mine.cedar:3)\n' +
      '2026-11-21T04:17:00Z  Write 5 bytes to /srv/x\n' +
      '    ask by no-etc (mine.cedar:3) → ask two people by no-etc (mine.cedar:3)\n' +
      '7 recorded calls since 2026-11-21T03:17:00Z: 2 would be judged otherwise.' +
      ' 1 more could not be judged: their arguments were not kept.\n',
  );
});
