import { afterEach, beforeEach, expect, test } from 'vitest';
import { PolicyDesk } from './desk.fixture.ts';

let desk: PolicyDesk;
beforeEach(async () => {
  desk = await PolicyDesk.open();
});
afterEach(() => desk.close());

const ROLE = '@id("leads-only") forbid (principal, action, resource) unless { principal in Role::"lead" };\n';

test('settings are a proposal until a person accepts them, and stay when they are taken away', async () => {
  await desk.write('mine.cedar', ROLE);
  expect(desk.call({}, 'read')).toMatchObject({ decision: 'deny', rule: { id: 'leads-only' } });
  await desk.write('settings.json', '{ "roles": ["lead"] }');
  expect(desk.call({}, 'read').decision).toBe('deny');
  expect(desk.engine.state().proposal?.files).toMatchObject([{ file: 'settings.json', before: null }]);
  const before = desk.engine.version();
  desk.accept();
  expect(desk.call({}, 'read').decision).toBe('allow');
  expect(desk.engine.version()).not.toBe(before);

  await desk.remove('settings.json');
  expect(desk.call({}, 'read').decision).toBe('allow');
  expect(desk.engine.state().proposal?.files).toMatchObject([{ file: 'settings.json', after: null }]);
});

test('a forbid that comes with other settings counts at once, and the settings wait', async () => {
  desk.put('settings.json', '{ "roles": ["lead"] }');
  await desk.write('mine.cedar', ROLE);
  expect(desk.call({}, 'read').decision).toBe('deny');
  expect(desk.engine.settings().roles).toEqual([]);
  expect(desk.engine.state().proposal?.files).toMatchObject([{ file: 'settings.json' }]);
});

test('settings that cannot be read keep the last good ones and say where', async () => {
  await desk.write('settings.json', '{ "environment": "test" }');
  desk.accept();
  await desk.write('settings.json', '{\n "environment": 3 }');
  expect(desk.engine.settings().environment).toBe('test');
  expect(desk.engine.state().faults).toMatchObject([{ file: 'settings.json', line: 2 }]);
  expect(desk.engine.state().proposal).toBeNull();
});

test('environment, tenant, region and family decide as the settings say', async () => {
  const forbid = (id: string, scope: string, when: string) =>
    `@id("${id}") forbid (principal, action, ${scope}) when { ${when} };\n`;
  await desk.write(
    'mine.cedar',
    forbid('prod', 'resource in Server::"files"', 'context.environment == "production"') +
      forbid('far', 'resource', 'context.region != "eu" && context.tenant == "acme"') +
      forbid('family', 'resource in Family::"writers"', 'context.class != "read"'),
  );
  expect(desk.call().rule.id).toBe('default/ask');
  const told = async (settings: object) => {
    await desk.write('settings.json', JSON.stringify(settings));
    desk.accept();
    return desk.call().rule.id;
  };
  expect(await told({ environment: 'production' })).toBe('prod');
  expect(await told({ tenant: 'acme', region: 'us' })).toBe('far');
  expect(await told({ tenant: 'acme', region: 'eu' })).toBe('default/ask');
  expect(await told({ families: { writers: ['files/write_*'] } })).toBe('family');
  expect(await told({ families: { writers: ['mail/*'] } })).toBe('default/ask');
  expect(desk.engine.familiesOf('mail', 'send')).toEqual(['writers']);
});

test('a rule of the time holds when it is that time, whatever was decided before', async () => {
  await desk.write(
    'mine.cedar',
    '@id("office-hours") forbid (principal, action, resource)\n' +
      'unless { context.time.minutes >= 540 && context.time.minutes < 1080 && context.time.weekday != "sunday" };\n' +
      '@id("freeze") forbid (principal, action, resource) when { context.time.at >= datetime("2026-12-24") };\n',
  );
  const at = (moment: string) => {
    desk.now = moment;
    return desk.call({}, 'read').rule.id;
  };
  expect(at('2026-11-21T11:00:00.000000Z')).toBe('default/permit');
  expect(at('2026-11-21T17:00:00.000000Z')).toBe('office-hours');
  expect(at('2026-11-21T16:59:59.999999Z')).toBe('default/permit');
  expect(at('2026-11-22T11:00:00.000000Z')).toBe('office-hours');
  expect(at('2026-12-28T11:00:00.000000Z')).toBe('freeze');
});
