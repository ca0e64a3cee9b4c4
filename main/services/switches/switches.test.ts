import { expect, it } from 'vitest';
import type { SwitchScope } from '../../contract/switch.ts';
import { ManualClock } from '../manualClock.ts';
import { KeptRows } from '../tools/rows.fixture.ts';
import { KillSwitches } from './switches.ts';

const SESSION = '0198c0de-0000-7000-8000-000000000001';
const call = { session: SESSION, program: '/usr/bin/agent', server: 'files', tool: 'write_file' };
const ada = { person: 'ada', via: 'window' };

const families = (server: string, tool: string) => (server === 'files' && tool.startsWith('write') ? ['writers'] : []);

function setting(rows = new KeptRows()) {
  return { rows, switches: new KillSwitches(rows, new ManualClock(), families) };
}

it.each<[SwitchScope, object]>([
  [{ kind: 'tool', server: 'files', tool: 'write_file' }, { tool: 'read_file' }],
  [{ kind: 'tool', server: 'files', tool: 'write_file' }, { server: 'other' }],
  [{ kind: 'family', family: 'writers' }, { tool: 'read_file' }],
  [{ kind: 'family', family: 'writers' }, { server: 'other' }],
  [{ kind: 'family', family: 'writers' }, { tool: null }],
  [{ kind: 'client', program: '/usr/bin/agent' }, { program: '/usr/bin/other' }],
  [{ kind: 'session', session: SESSION }, { session: '0198c0de-0000-7000-8000-000000000002' }],
])('%j stops what it names, and nothing else', (scope, other) => {
  const { switches } = setting();
  switches.kill(scope, ada);
  expect(switches.stops(call)).toMatchObject({ code: 'SWITCHED_OFF' });
  expect(switches.stops({ ...call, ...other })).toBeNull();
});

it('everything stops everything, until a person switches it on again', () => {
  const { rows, switches } = setting();
  const heard: unknown[] = [];
  switches.onChange((killed) => heard.push(killed));
  switches.kill({ kind: 'all' }, ada);
  expect(switches.stops({ ...call, tool: null })).toMatchObject({ code: 'SWITCHED_OFF', detail: 'everything' });
  switches.revive({ kind: 'all' }, ada);
  expect(switches.stops(call)).toBeNull();
  expect(heard).toEqual([{ kind: 'all' }, null]);
  expect(rows.events()).toEqual(['switch killed', 'switch revived']);
});

it('survives a restart, with who switched it off', () => {
  const { rows, switches } = setting();
  switches.kill({ kind: 'client', program: '/usr/bin/agent' }, ada);
  const again = setting(rows).switches;
  expect(again.stops(call)).not.toBeNull();
  expect(again.list()).toMatchObject([{ scope: { kind: 'client' }, person: 'ada' }]);
});

it('stays off when its row is altered or removed', () => {
  const { rows, switches } = setting();
  switches.kill({ kind: 'all' }, ada);
  rows.tamper('switch', 'kill:{"kind":"all"}');
  const again = setting(rows).switches;
  expect(again.stops(call)).not.toBeNull();
  expect(again.list()).toMatchObject([{ person: null }]);
});

it('is off at once even when it cannot be recorded, and not on again before that is recorded', () => {
  const { rows, switches } = setting();
  rows.full = true;
  expect(() => switches.kill({ kind: 'all' }, ada)).toThrow(/audit/);
  expect(switches.stops(call)).not.toBeNull();
  expect(() => switches.revive({ kind: 'all' }, ada)).toThrow(/audit/);
  expect(switches.stops(call)).not.toBeNull();
});

it('leaves the switches of servers alone', () => {
  const rows = new KeptRows();
  rows.put('switch', 'files', { off: true }, { type: 'switch', event: 'off', server: 'files' });
  rows.tamper('switch', 'files');
  expect(setting(rows).switches.list()).toEqual([]);
});

it('refuses to switch on what is not off', () => {
  expect(() => setting().switches.revive({ kind: 'all' }, ada)).toThrow(/no such thing/);
});
