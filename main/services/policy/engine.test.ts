import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCedar } from '../../adapters/cedar/cedar.ts';
import { readSettings } from '../../adapters/files/settingsText.ts';
import type { ToolClass } from '../../contract/tool.ts';
import { callQuestion, leafFacts } from '../../core/policy/question.fixture.ts';
import { CEDAR_SCHEMA } from '../../core/policy/schema.ts';
import { KeptRows } from '../tools/rows.fixture.ts';
import { openPolicies } from './engine.ts';
import type { PolicyEngine } from './ports.ts';

const defaults = ['protected.cedar', 'default.cedar'].map((file) => ({
  file,
  text: readFileSync(new URL(`../../../resources/policies/${file}`, import.meta.url), 'utf8'),
}));
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const cedar = openCedar(CEDAR_SCHEMA);

let folder: string;
let rows: KeptRows;
let engine: PolicyEngine;
let changed: () => void;
let now: string;
/** Files of which the disk gives nothing. */
let unread: Set<string>;
const setting = { readSettings, now: () => now, zone: () => 'Europe/Berlin' };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'policies-'));
  rows = new KeptRows();
  unread = new Set();
  now = '2026-11-21T11:00:00.000000Z';
  engine = await open();
});

afterEach(() => {
  engine.close();
  rmSync(folder, { recursive: true });
});

function open(): Promise<PolicyEngine> {
  const files = {
    read: async () =>
      cedarFiles().map((file) =>
        unread.has(file)
          ? { file, unread: 'The file cannot be read.' }
          : { file, text: readFileSync(join(folder, file), 'utf8') },
      ),
    onChange: (listener: () => void) => {
      changed = listener;
      return () => {};
    },
  };
  return openPolicies({ cedar, ...setting, defaults, files, rows, audit: rows, sha256 });
}

const cedarFiles = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.cedar$|^settings\.json$/.test(file));

const write = (file: string, text: string) => {
  writeFileSync(join(folder, file), text);
  return engine.check();
};
const call = (leaves: Record<string, string> = {}, toolClass: ToolClass = 'write') =>
  engine.decide(callQuestion({ class: toolClass, facts: leafFacts(leaves) }));
const accept = () => engine.accept(engine.state().proposal?.digest ?? '', { person: 'anna', via: 'window' });

const NO_ETC =
  '@id("no-etc")\n@reason("Nothing writes there.")\nforbid (principal, action, resource)\n' +
  'when { context.arguments.hasTag("/path") && context.arguments.getTag("/path") like "/etc/*" };\n';
const TWO_PEOPLE =
  '@id("two-people") forbid (principal, action, resource) when { context.class == "external" } unless { context.approvals >= 2 };\n';
const PERMIT = '@id("extra") permit (principal in Person::"ben", action, resource);\n';

test('with what ships, reading runs and everything else asks one person', () => {
  expect(call({}, 'read')).toMatchObject({ decision: 'allow', rule: { id: 'default/permit', file: 'default.cedar' } });
  for (const other of ['read-sensitive', 'write', 'external'] as const)
    expect(call({}, other)).toMatchObject({ decision: 'ask', approvals: 1, rule: { id: 'default/ask' } });
});

test('an added forbid counts at once, and stays when its file is taken away', async () => {
  const before = engine.version();
  await write('mine.cedar', NO_ETC);
  expect(call({ '/path': '/etc/hosts' })).toMatchObject({
    decision: 'deny',
    code: 'POLICY_DENIED',
    reason: 'Nothing writes there.',
    rule: { id: 'no-etc', file: 'mine.cedar', line: 1 },
  });
  expect(call({ '/path': '/srv/a' }).decision).toBe('ask');
  expect(engine.state().proposal).toBeNull();
  expect(engine.version()).not.toBe(before);
  expect(rows.events()).toEqual(['policy tightened']);

  rmSync(join(folder, 'mine.cedar'));
  await engine.check();
  expect(call({ '/path': '/etc/hosts' }).decision).toBe('deny');
  expect(engine.state().proposal?.files).toEqual([{ file: 'mine.cedar', before: NO_ETC, after: null }]);

  accept();
  expect(call({ '/path': '/etc/hosts' }).decision).toBe('ask');
  expect(engine.state().proposal).toBeNull();
});

test('a permit is a proposal until a person accepts exactly it', async () => {
  await write('mine.cedar', PERMIT);
  const { proposal, digest } = engine.state();
  expect(proposal?.files).toEqual([{ file: 'mine.cedar', before: null, after: PERMIT }]);
  expect(engine.state().files).toEqual(defaults);

  await write('mine.cedar', `${PERMIT}permit (principal, action, resource);`);
  expect(() => engine.accept(proposal?.digest ?? '', { person: 'anna', via: 'window' })).toThrow(/no such thing/);
  expect(engine.version()).toBe(digest);

  accept();
  expect(engine.state().files).toHaveLength(3);
  expect(rows.drafts.at(-1)).toMatchObject({ type: 'policy', event: 'accepted', person: 'anna', via: 'window' });
});

test('of a mixed edit the forbid counts at once and the rest waits', async () => {
  await write('mine.cedar', `${PERMIT}${NO_ETC}`);
  expect(call({ '/path': '/etc/hosts' }).decision).toBe('deny');
  expect(engine.state().proposal?.files).toEqual([{ file: 'mine.cedar', before: NO_ETC, after: `${PERMIT}${NO_ETC}` }]);
  accept();
  expect(engine.state().proposal).toBeNull();
});

test('rules of two people win over one', async () => {
  await write('mine.cedar', TWO_PEOPLE);
  expect(call({}, 'external')).toMatchObject({ decision: 'ask', approvals: 2, rule: { id: 'two-people' } });
  expect(call({}, 'write')).toMatchObject({ decision: 'ask', approvals: 1 });
});

test('an organisation’s forbid counts at once, whatever the person permits, and permits nothing itself', async () => {
  mkdirSync(join(folder, 'organisation'));
  await write('mine.cedar', '@id("all") permit (principal in Person::"anna", action, resource);');
  accept();
  await write('organisation/rules.cedar', NO_ETC);
  expect(call({ '/path': '/etc/hosts' })).toMatchObject({
    decision: 'deny',
    rule: { id: 'no-etc', file: 'organisation/rules.cedar', line: 1 },
  });
  await write('organisation/more.cedar', PERMIT);
  expect(engine.state().faults).toMatchObject([{ file: 'organisation/more.cedar', line: 1 }]);
  expect(engine.state().proposal).toBeNull();
});

test('an organisation’s rule is the one shown, and stays in force when its file is taken away', async () => {
  mkdirSync(join(folder, 'organisation'));
  await write('a.cedar', NO_ETC.replace('no-etc', 'mine'));
  await write('organisation/z.cedar', NO_ETC);
  expect(call({ '/path': '/etc/hosts' }).rule.id).toBe('no-etc');
  rmSync(join(folder, 'organisation', 'z.cedar'));
  await engine.check();
  expect(call({ '/path': '/etc/hosts' }).rule.id).toBe('no-etc');
  expect(engine.state().proposal?.files).toEqual([{ file: 'organisation/z.cedar', before: NO_ETC, after: null }]);
});

test('a file that does not parse keeps its last good text and says where it is wrong', async () => {
  await write('mine.cedar', NO_ETC);
  await write('mine.cedar', `${NO_ETC}\nforbid (principal, acton, resource);`);
  expect(call({ '/path': '/etc/hosts' }).decision).toBe('deny');
  expect(engine.state().faults).toMatchObject([{ file: 'mine.cedar', line: 6 }]);
  expect(engine.state().proposal).toBeNull();
  expect(rows.events()).toEqual(['policy tightened', 'policy found-broken']);

  await engine.check();
  expect(rows.events()).toHaveLength(2);
  await write('mine.cedar', NO_ETC);
  expect(engine.state().faults).toEqual([]);
});

test('what was accepted is in force again after a restart', async () => {
  await write('mine.cedar', NO_ETC);
  const version = engine.version();
  engine.close();
  engine = await open();
  expect(engine.version()).toBe(version);
  expect(call({ '/path': '/etc/hosts' }).decision).toBe('deny');
});

test('accepted policies that were changed in the database deny everything until a person accepts again', async () => {
  await write('mine.cedar', NO_ETC);
  engine.close();
  rows.tamper('policy', 'person');
  rmSync(join(folder, 'mine.cedar'));
  engine = await open();
  expect(call({}, 'read')).toMatchObject({ decision: 'deny', code: 'POLICY_ERROR' });
  expect(engine.state().proposal).toMatchObject({ files: [] });
  accept();
  expect(call({}, 'read').decision).toBe('allow');
});

test('a forbid that cannot be recorded denies everything rather than nothing', async () => {
  rows.full = true;
  await write('mine.cedar', NO_ETC);
  expect(call({}, 'read')).toMatchObject({ decision: 'deny', code: 'POLICY_ERROR' });
  rows.full = false;
  await engine.check();
  expect(call({}, 'read').decision).toBe('allow');
  expect(call({ '/path': '/etc/hosts' }).decision).toBe('deny');
});

test('a file that cannot be read keeps its last good text, and keeps no other from counting', async () => {
  await write('mine.cedar', NO_ETC);
  unread.add('mine.cedar');
  await write('more.cedar', TWO_PEOPLE);
  expect(call({ '/path': '/etc/hosts' }).decision).toBe('deny');
  expect(call({}, 'external')).toMatchObject({ approvals: 2 });
  expect(engine.state()).toMatchObject({ proposal: null, faults: [{ file: 'mine.cedar', line: null }] });
});

test('a folder that cannot be read keeps what is in force', async () => {
  await write('mine.cedar', NO_ETC);
  rmSync(folder, { recursive: true });
  const { faults, proposal } = await engine.check();
  expect(faults[0]?.message).toContain('cannot be read');
  expect(proposal).toBeNull();
  expect(call({ '/path': '/etc/hosts' }).decision).toBe('deny');
  folder = mkdtempSync(join(tmpdir(), 'policies-'));
});

test('the watcher and the listeners meet: a change of a file is told once it is taken up', async () => {
  const told = new Promise<void>((resolve) => engine.onChange(resolve));
  writeFileSync(join(folder, 'mine.cedar'), NO_ETC);
  changed();
  await told;
  expect(call({ '/path': '/etc/hosts' }).decision).toBe('deny');
});

test('the defaults must be usable', async () => {
  const broken = { file: 'default.cedar', text: 'permit (principal' };
  const files = { read: async () => [], onChange: () => () => {} };
  await expect(
    openPolicies({ cedar, ...setting, defaults: [broken], files, rows, audit: rows, sha256 }),
  ).rejects.toThrow(/default\.cedar/);
});

test('a closed engine denies', () => {
  engine.close();
  expect(call({}, 'read')).toMatchObject({ decision: 'deny', code: 'POLICY_ERROR' });
});

const ROLE = '@id("leads-only") forbid (principal, action, resource) unless { principal in Role::"lead" };\n';

test('settings are a proposal until a person accepts them, and stay when they are taken away', async () => {
  await write('mine.cedar', ROLE);
  expect(call({}, 'read')).toMatchObject({ decision: 'deny', rule: { id: 'leads-only' } });
  await write('settings.json', '{ "roles": ["lead"] }');
  expect(call({}, 'read').decision).toBe('deny');
  expect(engine.state().proposal?.files).toMatchObject([{ file: 'settings.json', before: null }]);
  const before = engine.version();
  accept();
  expect(call({}, 'read').decision).toBe('allow');
  expect(engine.version()).not.toBe(before);

  rmSync(join(folder, 'settings.json'));
  await engine.check();
  expect(call({}, 'read').decision).toBe('allow');
  expect(engine.state().proposal?.files).toMatchObject([{ file: 'settings.json', after: null }]);
});

test('a forbid that comes with other settings counts at once, and the settings wait', async () => {
  writeFileSync(join(folder, 'settings.json'), '{ "roles": ["lead"] }');
  await write('mine.cedar', ROLE);
  expect(call({}, 'read').decision).toBe('deny');
  expect(engine.settings().roles).toEqual([]);
  expect(engine.state().proposal?.files).toMatchObject([{ file: 'settings.json' }]);
});

test('settings that cannot be read keep the last good ones and say where', async () => {
  await write('settings.json', '{ "environment": "test" }');
  accept();
  await write('settings.json', '{\n "environment": 3 }');
  expect(engine.settings().environment).toBe('test');
  expect(engine.state().faults).toMatchObject([{ file: 'settings.json', line: 2 }]);
  expect(engine.state().proposal).toBeNull();
});

test('environment, tenant, region and family decide as the settings say', async () => {
  const forbid = (id: string, scope: string, when: string) =>
    `@id("${id}") forbid (principal, action, ${scope}) when { ${when} };\n`;
  await write(
    'mine.cedar',
    forbid('prod', 'resource in Server::"files"', 'context.environment == "production"') +
      forbid('far', 'resource', 'context.region != "eu" && context.tenant == "acme"') +
      forbid('family', 'resource in Family::"writers"', 'context.class != "read"'),
  );
  expect(call().rule.id).toBe('default/ask');
  const told = async (settings: object) => {
    await write('settings.json', JSON.stringify(settings));
    accept();
    return call().rule.id;
  };
  expect(await told({ environment: 'production' })).toBe('prod');
  expect(await told({ tenant: 'acme', region: 'us' })).toBe('far');
  expect(await told({ tenant: 'acme', region: 'eu' })).toBe('default/ask');
  expect(await told({ families: { writers: ['files/write_*'] } })).toBe('family');
  expect(await told({ families: { writers: ['mail/*'] } })).toBe('default/ask');
  expect(engine.familiesOf('mail', 'send')).toEqual(['writers']);
});

test('a rule of the time holds when it is that time, whatever was decided before', async () => {
  await write(
    'mine.cedar',
    '@id("office-hours") forbid (principal, action, resource)\n' +
      'unless { context.time.minutes >= 540 && context.time.minutes < 1080 && context.time.weekday != "sunday" };\n' +
      '@id("freeze") forbid (principal, action, resource) when { context.time.at >= datetime("2026-12-24") };\n',
  );
  const at = (moment: string) => {
    now = moment;
    return call({}, 'read').rule.id;
  };
  expect(at('2026-11-21T11:00:00.000000Z')).toBe('default/permit');
  expect(at('2026-11-21T17:00:00.000000Z')).toBe('office-hours');
  expect(at('2026-11-21T16:59:59.999999Z')).toBe('default/permit');
  expect(at('2026-11-22T11:00:00.000000Z')).toBe('office-hours');
  expect(at('2026-12-28T11:00:00.000000Z')).toBe('freeze');
});

test('a server’s defaults come after the person’s rules and speak of that server alone', async () => {
  mkdirSync(join(folder, 'servers'));
  const rule = (id: string, server: string) =>
    `@id("${id}") forbid (principal, action, resource in Server::"${server}");\n`;
  await write('servers/files.cedar', rule('theirs', 'files'));
  expect(call({}, 'read').rule).toEqual({ id: 'theirs', file: 'servers/files.cedar', line: 1 });
  await write('mine.cedar', rule('mine', 'files'));
  expect(call({}, 'read').rule.id).toBe('mine');
  await write('servers/mail.cedar', rule('reach', 'files'));
  expect(engine.state().faults).toMatchObject([{ file: 'servers/mail.cedar', line: 1 }]);
});

test('an edited forbid may keep its name', async () => {
  await write('mine.cedar', NO_ETC);
  await write('mine.cedar', NO_ETC.replaceAll('/etc/', '/var/'));
  expect(call({ '/path': '/var/x' }).decision).toBe('deny');
  expect(call({ '/path': '/etc/x' }).decision).toBe('deny');
  expect(call({ '/path': '/srv/x' })).toMatchObject({ decision: 'ask' });
});
