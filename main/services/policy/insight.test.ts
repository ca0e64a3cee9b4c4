import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import { openCedar } from '../../adapters/cedar/cedar.ts';
import { readSettings } from '../../adapters/files/settingsText.ts';
import { ajvCheck } from '../../adapters/schema/ajv.ts';
import type { AuditQuery } from '../../contract/audit.ts';
import type { RecordView } from '../../contract/record.ts';
import { type Refusal, refusal } from '../../contract/refusal.ts';
import { strictArguments } from '../../core/gate/validate.ts';
import { CEDAR_SCHEMA } from '../../core/policy/schema.ts';
import type { AuditReader } from '../audit/ports.ts';
import { findFacts } from '../proxy/callFacts.ts';
import { openCatalog } from '../tools/catalog.ts';
import { KeptRows } from '../tools/rows.fixture.ts';
import { openPolicies } from './engine.ts';
import { PolicyInsight } from './insight.ts';

const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');
const text = readFileSync(new URL('../../../resources/policies/default.cedar', import.meta.url), 'utf8');
const NO_ETC = {
  file: 'mine.cedar',
  text:
    '@id("no-etc")\n@reason("Nothing writes there.")\nforbid (principal, action, resource)\n' +
    'when { context.facts.within.contains("/etc") };\n',
};

let records: RecordView[];
let disk: { file: string; text: string }[];
let policy: Awaited<ReturnType<typeof openPolicies>>;
let insight: PolicyInsight;
let catalog: ReturnType<typeof openCatalog>;
/** What a kill switch says of every request. */
let off: Refusal | null;
beforeEach(async () => {
  records = [];
  disk = [];
  off = null;
  const rows = new KeptRows();
  const files = { read: async () => disk, onChange: () => () => {} };
  const defaults = [{ file: 'default.cedar', text }];
  policy = await openPolicies({
    cedar: openCedar(CEDAR_SCHEMA),
    readSettings,
    now: () => '2026-11-21T11:00:00.000000Z',
    zone: () => 'UTC',
    defaults,
    files,
    rows,
    audit: rows,
    sha256,
  });
  catalog = openCatalog({ rows, sha256 });
  const lead = (path: string) => ({ written: [path], real: [path], certain: true });
  const paths = findFacts(
    { resolve: async (texts) => texts.map((each) => ({ ...each, ...lead(each.text) })) },
    () => [],
  );
  const reader = { search, show: async (id: string) => whole(id) } as Partial<AuditReader> as AuditReader;
  insight = new PolicyInsight({
    policy,
    catalog,
    reader,
    findFacts: paths,
    foldersOf: async () => ['/srv'],
    checkArguments: strictArguments(ajvCheck()),
    switches: { stops: () => off },
    person: 'anna',
  });
});

/** The ledger's search: by type, newest first, long payloads left to `show`. */
async function search({ type, limit = 100, cursor = Number.POSITIVE_INFINITY }: AuditQuery) {
  const found = records.filter((record) => record.type === type && record.seq < cursor).reverse();
  const page = found
    .slice(0, limit)
    .map((each) => (each.payloadText === 'long' ? { ...each, payloadText: null } : each));
  return { records: page, next: found.length > limit ? (page.at(-1)?.seq ?? null) : null, total: found.length };
}
const whole = (id: string) =>
  records.map((each) =>
    each.id === id && each.payloadText === 'long' ? { ...each, payloadText: params('/etc/long') } : each,
  );

const params = (path: string) => JSON.stringify({ name: 'write_file', arguments: { path, content: 'x' } });
function happened(type: 'intent' | 'refused', payloadText: string | null, change: Partial<RecordView> = {}) {
  const seq = records.length;
  const id = `00000000-0000-7000-8000-${String(seq).padStart(12, '0')}`;
  const payload = { kind: 'arguments' as const, hmac: '', salt: '', bytes: 1, masked: [] };
  const base = {
    id,
    call: id,
    seq,
    type,
    event: '',
    at: `2026-11-21T00:00:00.${String(seq).padStart(6, '0')}Z`,
    payload,
  };
  const rule = { id: 'default/ask', file: 'default.cedar', line: 1 };
  const call = {
    method: 'tools/call',
    server: 'files',
    tool: 'write_file',
    class: 'write' as const,
    session: id,
    rule,
  };
  records.push({ ...base, ...call, payloadText, ...change });
}

test('explains an ask and a deny in one sentence with rule, file and line', async () => {
  const call = { server: 'files', tool: 'write_file', arguments: '{"path":"/etc/x"}', class: 'write' as const };
  expect((await insight.explain(call)).sentence).toMatch(
    /^A call of write_file on files, class write, is asked of one person by the rule default\/ask \(default\.cedar:\d+\): /,
  );
  const denied = await insight.explain({ ...call, trial: NO_ETC });
  expect(denied.sentence).toContain('is denied by the rule no-etc (mine.cedar:1): Nothing writes there.');
  expect((await insight.explain(call)).verdict.decision).toBe('ask');
});

test('takes the class from the review, and says that a tool is held back', async () => {
  const tool = (description: string) => ({
    name: 'look',
    bytes: Buffer.from(JSON.stringify({ name: 'look', description })),
  });
  expect((await insight.explain({ server: 'files', tool: 'look' })).class).toBe('external');
  catalog.saw('files', 'tool', [tool('Looks.')]);
  const digest = catalog.digestOf('tool', tool('Looks.').bytes) ?? '';
  catalog.accept('files', [{ name: 'look', digest, class: 'read' }], { person: 'anna', via: 'window' });
  expect(await insight.explain({ server: 'files', tool: 'look' })).toMatchObject({
    class: 'read',
    verdict: { decision: 'allow' },
  });
  catalog.saw('files', 'tool', [tool('Looks, and more.')]);
  expect((await insight.explain({ server: 'files', tool: 'look' })).verdict).toMatchObject({
    decision: 'deny',
    code: 'TOOL_HELD',
    rule: { id: 'gate/held-tool' },
  });
});

test('says what the gate itself says: of arguments that do not fit, of what is switched off, of a name that nobody knows', async () => {
  const schema = { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] };
  const bytes = Buffer.from(JSON.stringify({ name: 'look', inputSchema: schema }));
  catalog.saw('files', 'tool', [{ name: 'look', bytes }]);
  const digest = catalog.digestOf('tool', bytes) ?? '';
  catalog.accept('files', [{ name: 'look', digest, class: 'read' }], { person: 'anna', via: 'window' });
  const ask = (change: object = {}) => insight.explain({ server: 'files', tool: 'look', ...change });
  expect(await ask({ arguments: '{"path":1}' })).toMatchObject({
    sentence: expect.stringContaining('is denied by the rule gate/arguments: The arguments do not fit'),
    verdict: { code: 'ARGUMENTS_INVALID' },
  });
  expect((await ask()).verdict.decision).toBe('allow');
  off = refusal('SWITCHED_OFF', 'everything');
  expect((await ask()).sentence).toContain(
    'is denied by the rule gate/switched-off: Somebody switched off everything.',
  );
  expect((await ask({ class: 'read' })).verdict.decision).toBe('allow');
  off = null;
  expect((await ask({ tool: 'loook' })).risks[0]).toContain('No tool loook was seen on files');
});

test('refuses arguments that the gate would not read, and a trial with a fault', async () => {
  const ask = (change: object) => insight.explain({ server: 'files', tool: 'x', ...change });
  await expect(ask({ arguments: '{"a":1,"a":2}' })).rejects.toMatchObject({ refusal: { code: 'INPUT_INVALID' } });
  await expect(ask({ arguments: '[]' })).rejects.toMatchObject({ refusal: { code: 'INPUT_INVALID' } });
  const theirs = { file: 'organisation/a.cedar', text: 'permit (principal, action, resource);' };
  await expect(ask({ trial: theirs })).rejects.toThrow(/only forbid/);
  await expect(ask({ trial: { file: 'a.cedar', text: '\nforbid (principal' } })).rejects.toMatchObject({
    refusal: { code: 'CONFIG_INVALID', detail: expect.stringMatching(/^a\.cedar:/) },
  });
});

test('replay lists the calls that a changed policy would judge otherwise, and no other', async () => {
  happened('intent', params('/srv/a'));
  happened('intent', params('/etc/a'));
  happened('refused', params('/etc/b'), { code: 'ASK_DENIED' });
  happened('intent', 'long');
  const replay = await insight.replay(NO_ETC, 100);
  expect(replay).toMatchObject({ calls: 4, skipped: 0, since: records[0]?.at });
  expect(replay.differences.map(({ record, effect }) => [record.slice(-1), effect])).toEqual([
    ['3', 'Write 1 byte to /etc/long with write_file on server files'],
    ['2', 'Write 1 byte to /etc/b with write_file on server files'],
    ['1', 'Write 1 byte to /etc/a with write_file on server files'],
  ]);
  expect(replay.differences[0]).toMatchObject({
    before: { decision: 'ask' },
    after: { decision: 'deny' },
    masked: false,
  });
});

test('replay without a file takes what is proposed, and nothing differs when nothing is', async () => {
  happened('intent', params('/etc/a'));
  expect((await insight.replay(undefined, 100)).differences).toEqual([]);
  disk = [NO_ETC];
  await policy.check();
  expect((await insight.replay(undefined, 100)).differences).toEqual([]);
  disk = [];
  await policy.check();
  expect((await insight.replay(undefined, 100)).differences).toMatchObject([
    { before: { decision: 'deny', rule: { id: 'no-etc' } }, after: { decision: 'ask' } },
  ]);
});

test('replay judges what was read and asked for besides tools, and says what that was', async () => {
  const what = { class: 'read-sensitive' as const };
  happened('intent', '{"uri":"/etc/x","_meta":{}}', { ...what, method: 'resources/read' });
  happened('refused', '{"name":"greet","arguments":{"path":"/etc/x"}}', { ...what, method: 'prompts/get' });
  const { calls, differences } = await insight.replay(NO_ETC, 100);
  expect(calls).toBe(2);
  expect(differences).toMatchObject([
    { effect: 'Give the model the prompt greet of server files', tool: 'greet', after: { rule: { id: 'no-etc' } } },
    { effect: 'Read /etc/x as a resource of server files', tool: '/etc/x', after: { rule: { id: 'no-etc' } } },
  ]);
});

test('replay takes the newest, counts what was not kept, and says what was masked', async () => {
  happened('intent', params('/etc/old'));
  happened('intent', null);
  const masked = [{ pointer: '/content', rule: 'x', start: 0, length: 1 }];
  const payload = { kind: 'arguments' as const, hmac: '', salt: '', bytes: 1, masked };
  happened('intent', params('/etc/new'), { payload });
  happened('intent', params('/etc/no'), { method: 'tools/list' });
  const replay = await insight.replay(NO_ETC, 2);
  expect(replay).toMatchObject({ calls: 1, skipped: 1, differences: [{ masked: true }] });
});

test('a question may suppose roles, a place, a moment, and ask for content', async () => {
  const trial = {
    file: 'mine.cedar',
    text:
      '@id("lead") forbid (principal, action, resource) unless { principal in Role::"lead" };\n' +
      '@id("late") forbid (principal, action, resource) when { context.time.minutes >= 1080 };\n' +
      '@id("far") forbid (principal, action, resource) when { context.region == "us" };\n' +
      '@id("etc") forbid (principal, action, resource is Resource) when { context.facts.within.contains("/etc") };\n',
  };
  const rule = async (query: object) => {
    const found = await insight.explain({ server: 'files', tool: 'look', class: 'read', trial, ...query });
    return found.verdict.rule.id;
  };
  const lead = { roles: ['lead'] };
  expect(await rule({})).toBe('lead');
  expect(await rule(lead)).toBe('default/permit');
  expect(await rule({ ...lead, at: '2026-11-21T19:00:00+00:00' })).toBe('late');
  expect(await rule({ ...lead, region: 'us' })).toBe('far');
  expect(await rule({ ...lead, action: 'read_resource', tool: '/etc/hosts' })).toBe('etc');
});

test('what the arguments make of a class is explained', async () => {
  const found = await insight.explain({
    server: 'db',
    tool: 'query',
    class: 'read',
    arguments: '{"sql":"DROP TABLE t"}',
  });
  expect(found.class).toBe('external');
  expect(found.risks[0]).toContain('DROP');
});

test('settings are tried like policies', async () => {
  disk = [
    {
      file: 'mine.cedar',
      text: '@id("lead") forbid (principal, action, resource) unless { principal in Role::"lead" };',
    },
  ];
  await policy.check();
  const ask = (trial?: { file: string; text: string }) =>
    insight.explain({ server: 'files', tool: 'look', class: 'read', ...(trial && { trial }) });
  expect((await ask()).verdict.decision).toBe('deny');
  expect((await ask({ file: 'settings.json', text: '{"roles":["lead"]}' })).verdict.decision).toBe('allow');
  await expect(ask({ file: 'settings.json', text: '{\n"rolls":[]}' })).rejects.toThrow(/settings\.json:1/);
});
