import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PolicyDesk, SHIPPED } from './desk.fixture.ts';

let desk: PolicyDesk;
beforeEach(async () => {
  desk = await PolicyDesk.open();
});
afterEach(() => desk.close());

const NO_ETC =
  '@id("no-etc")\n@reason("Nothing writes there.")\nforbid (principal, action, resource)\n' +
  'when { context.arguments.hasTag("/path") && context.arguments.getTag("/path") like "/etc/*" };\n';
const TWO_PEOPLE =
  '@id("two-people") forbid (principal, action, resource) when { context.class == "external" } unless { context.approvals >= 2 };\n';
const PERMIT = '@id("extra") permit (principal in Person::"ben", action, resource);\n';

test('with what ships, reading runs and everything else asks one person', () => {
  expect(desk.call({}, 'read')).toMatchObject({
    decision: 'allow',
    rule: { id: 'default/permit', file: 'default.cedar' },
  });
  for (const other of ['read-sensitive', 'write', 'external'] as const)
    expect(desk.call({}, other)).toMatchObject({ decision: 'ask', approvals: 1, rule: { id: 'default/ask' } });
});

test('an added forbid counts at once, and stays when its file is taken away', async () => {
  const before = desk.engine.version();
  await desk.write('mine.cedar', NO_ETC);
  expect(desk.call({ '/path': '/etc/hosts' })).toMatchObject({
    decision: 'deny',
    code: 'POLICY_DENIED',
    reason: 'Nothing writes there.',
    rule: { id: 'no-etc', file: 'mine.cedar', line: 1 },
  });
  expect(desk.call({ '/path': '/srv/a' }).decision).toBe('ask');
  expect(desk.engine.state().proposal).toBeNull();
  expect(desk.engine.version()).not.toBe(before);
  expect(desk.rows.events()).toEqual(['policy tightened']);

  await desk.remove('mine.cedar');
  expect(desk.call({ '/path': '/etc/hosts' }).decision).toBe('deny');
  expect(desk.engine.state().proposal?.files).toEqual([{ file: 'mine.cedar', before: NO_ETC, after: null }]);

  desk.accept();
  expect(desk.call({ '/path': '/etc/hosts' }).decision).toBe('ask');
  expect(desk.engine.state().proposal).toBeNull();
});

test('a permit is a proposal until a person accepts exactly it', async () => {
  await desk.write('mine.cedar', PERMIT);
  const { proposal, digest } = desk.engine.state();
  expect(proposal?.files).toEqual([{ file: 'mine.cedar', before: null, after: PERMIT }]);
  expect(desk.engine.state().files).toEqual(SHIPPED);

  await desk.write('mine.cedar', `${PERMIT}permit (principal, action, resource);`);
  expect(() => desk.engine.accept(proposal?.digest ?? '', { person: 'anna', via: 'window' })).toThrow(/no such thing/);
  expect(desk.engine.version()).toBe(digest);

  desk.accept();
  expect(desk.engine.state().files).toHaveLength(3);
  expect(desk.rows.drafts.at(-1)).toMatchObject({ type: 'policy', event: 'accepted', person: 'anna', via: 'window' });
});

test('of a mixed edit the forbid counts at once and the rest waits', async () => {
  await desk.write('mine.cedar', `${PERMIT}${NO_ETC}`);
  expect(desk.call({ '/path': '/etc/hosts' }).decision).toBe('deny');
  expect(desk.engine.state().proposal?.files).toEqual([
    { file: 'mine.cedar', before: NO_ETC, after: `${PERMIT}${NO_ETC}` },
  ]);
  desk.accept();
  expect(desk.engine.state().proposal).toBeNull();
});

test('rules of two people win over one', async () => {
  await desk.write('mine.cedar', TWO_PEOPLE);
  expect(desk.call({}, 'external')).toMatchObject({ decision: 'ask', approvals: 2, rule: { id: 'two-people' } });
  expect(desk.call({}, 'write')).toMatchObject({ decision: 'ask', approvals: 1 });
});

test('an organisation’s forbid counts at once, whatever the person permits, and permits nothing itself', async () => {
  await desk.write('mine.cedar', '@id("all") permit (principal in Person::"anna", action, resource);');
  desk.accept();
  await desk.write('organisation/rules.cedar', NO_ETC);
  expect(desk.call({ '/path': '/etc/hosts' })).toMatchObject({
    decision: 'deny',
    rule: { id: 'no-etc', file: 'organisation/rules.cedar', line: 1 },
  });
  await desk.write('organisation/more.cedar', PERMIT);
  expect(desk.engine.state().faults).toMatchObject([{ file: 'organisation/more.cedar', line: 1 }]);
  expect(desk.engine.state().proposal).toBeNull();
});

test('an organisation’s rule is the one shown, and stays in force when its file is taken away', async () => {
  await desk.write('a.cedar', NO_ETC.replace('no-etc', 'mine'));
  await desk.write('organisation/z.cedar', NO_ETC);
  expect(desk.call({ '/path': '/etc/hosts' }).rule.id).toBe('no-etc');
  await desk.remove('organisation/z.cedar');
  expect(desk.call({ '/path': '/etc/hosts' }).rule.id).toBe('no-etc');
  expect(desk.engine.state().proposal?.files).toEqual([{ file: 'organisation/z.cedar', before: NO_ETC, after: null }]);
});

test('a file that does not parse keeps its last good text and says where it is wrong', async () => {
  await desk.write('mine.cedar', NO_ETC);
  await desk.write('mine.cedar', `${NO_ETC}\nforbid (principal, acton, resource);`);
  expect(desk.call({ '/path': '/etc/hosts' }).decision).toBe('deny');
  expect(desk.engine.state().faults).toMatchObject([{ file: 'mine.cedar', line: 6 }]);
  expect(desk.engine.state().proposal).toBeNull();
  expect(desk.rows.events()).toEqual(['policy tightened', 'policy found-broken']);

  await desk.engine.check();
  expect(desk.rows.events()).toHaveLength(2);
  await desk.write('mine.cedar', NO_ETC);
  expect(desk.engine.state().faults).toEqual([]);
});

test('what was accepted is in force again after a restart', async () => {
  await desk.write('mine.cedar', NO_ETC);
  const version = desk.engine.version();
  await desk.reopen();
  expect(desk.engine.version()).toBe(version);
  expect(desk.call({ '/path': '/etc/hosts' }).decision).toBe('deny');
});

test('accepted policies that were changed in the database deny everything until a person accepts again', async () => {
  await desk.write('mine.cedar', NO_ETC);
  await desk.remove('mine.cedar');
  desk.rows.tamper('policy', 'person');
  await desk.reopen();
  expect(desk.call({}, 'read')).toMatchObject({ decision: 'deny', code: 'POLICY_ERROR' });
  expect(desk.engine.state().proposal).toMatchObject({ files: [] });
  desk.accept();
  expect(desk.call({}, 'read').decision).toBe('allow');
});

test('a forbid that cannot be recorded denies everything rather than nothing', async () => {
  desk.rows.full = true;
  await desk.write('mine.cedar', NO_ETC);
  expect(desk.call({}, 'read')).toMatchObject({ decision: 'deny', code: 'POLICY_ERROR' });
  desk.rows.full = false;
  await desk.engine.check();
  expect(desk.call({}, 'read').decision).toBe('allow');
  expect(desk.call({ '/path': '/etc/hosts' }).decision).toBe('deny');
});

test('a file that cannot be read keeps its last good text, and keeps no other from counting', async () => {
  await desk.write('mine.cedar', NO_ETC);
  desk.unread.add('mine.cedar');
  await desk.write('more.cedar', TWO_PEOPLE);
  expect(desk.call({ '/path': '/etc/hosts' }).decision).toBe('deny');
  expect(desk.call({}, 'external')).toMatchObject({ approvals: 2 });
  expect(desk.engine.state()).toMatchObject({ proposal: null, faults: [{ file: 'mine.cedar', line: null }] });
});

test('a folder that cannot be read keeps what is in force', async () => {
  await desk.write('mine.cedar', NO_ETC);
  rmSync(desk.folder, { recursive: true });
  const { faults, proposal } = await desk.engine.check();
  expect(faults[0]?.message).toContain('cannot be read');
  expect(proposal).toBeNull();
  expect(desk.call({ '/path': '/etc/hosts' }).decision).toBe('deny');
});

test('the watcher and the listeners meet: a change of a file is told once it is taken up', async () => {
  const told = new Promise<void>((resolve) => desk.engine.onChange(resolve));
  desk.put('mine.cedar', NO_ETC);
  desk.changed();
  await told;
  expect(desk.call({ '/path': '/etc/hosts' }).decision).toBe('deny');
});

test('the defaults must be usable', async () => {
  const broken = { file: 'default.cedar', text: 'permit (principal' };
  await expect(desk.reopen([broken])).rejects.toThrow(/default\.cedar/);
});

test('a closed engine denies', () => {
  desk.engine.close();
  expect(desk.call({}, 'read')).toMatchObject({ decision: 'deny', code: 'POLICY_ERROR' });
});

test('a server’s defaults come after the person’s rules and speak of that server alone', async () => {
  const rule = (id: string, server: string) =>
    `@id("${id}") forbid (principal, action, resource in Server::"${server}");\n`;
  await desk.write('servers/files.cedar', rule('theirs', 'files'));
  expect(desk.call({}, 'read').rule).toEqual({ id: 'theirs', file: 'servers/files.cedar', line: 1 });
  await desk.write('mine.cedar', rule('mine', 'files'));
  expect(desk.call({}, 'read').rule.id).toBe('mine');
  await desk.write('servers/mail.cedar', rule('reach', 'files'));
  expect(desk.engine.state().faults).toMatchObject([{ file: 'servers/mail.cedar', line: 1 }]);
});

test('an edited forbid may keep its name', async () => {
  await desk.write('mine.cedar', NO_ETC);
  await desk.write('mine.cedar', NO_ETC.replaceAll('/etc/', '/var/'));
  expect(desk.call({ '/path': '/var/x' }).decision).toBe('deny');
  expect(desk.call({ '/path': '/etc/x' }).decision).toBe('deny');
  expect(desk.call({ '/path': '/srv/x' })).toMatchObject({ decision: 'ask' });
});
