import { expect, test } from 'vitest';
import { reachLines } from '../../contract/sandbox.ts';
import { userPlaces } from '../clients/places.ts';
import { hiddenPlaces, isBelow } from './places.ts';
import { type ReachFacts, reachOf, sandboxWish } from './reach.ts';

const facts: ReachFacts = {
  enforced: true,
  home: '/home/me',
  own: ['/home/me/.local/state/countersign'],
  lent: ['/home/me/.local/state/countersign/work'],
  cwd: '/home/me/project',
  named: [],
};
const writes = (...named: string[]) => reachOf('standard', { ...facts, named }).writes;

test('no server sees what clients of the account have in their files', () => {
  const hidden = hiddenPlaces('/home/me');
  const places = userPlaces({ platform: 'linux', home: '/home/me', env: {} }).filter(({ scope }) => scope === 'user');
  const editors = ['Code', 'Code - Insiders', 'VSCodium', 'Cursor', 'Windsurf'];
  const paths = places.flatMap(({ path }) => editors.map((editor) => path.replace('.config/*', `.config/${editor}`)));
  expect(paths.filter((path) => !hidden.some((place) => isBelow(place, path)))).toEqual([]);
});

test('an entry says a preset, or a preset and what else it may change; saying nothing is the standard', () => {
  expect(sandboxWish(undefined)).toEqual({ preset: 'standard', write: [] });
  expect(sandboxWish('off')).toEqual({ preset: 'off', write: [] });
  expect(sandboxWish({ preset: 'no-network', write: ['~/notes'] })).toEqual({
    preset: 'no-network',
    write: ['~/notes'],
  });
});

test('it changes its working directory and what it names, each once', () => {
  expect(writes('/srv/data', '/home/me/project/data', '/srv/database')).toEqual([
    '/home/me/project',
    '/srv/data',
    '/srv/database',
  ]);
});

test('it changes nothing of the system, nor of ours; what lies beside ours is not ours', () => {
  const state = '/home/me/.local/state/countersign';
  expect(writes('/etc/hosts', '/usr/share/x', state, `${state}/vault`, `${state}-else`)).toEqual([
    `${state}-else`,
    '/home/me/project',
  ]);
  expect(reachOf('standard', { ...facts, cwd: `${state}/work/notes.d` }).writes).toEqual([`${state}/work/notes.d`]);
});

test('a hidden place that is named is read only', () => {
  expect(reachOf('standard', { ...facts, named: ['/home/me/.kube/config', '/srv/data'] })).toMatchObject({
    writes: ['/home/me/project', '/srv/data'],
    reads: ['/home/me/.kube/config'],
  });
});

test.each([
  ['no-network', { network: false, writes: ['/home/me/project'] }],
  ['read-only', { network: true, writes: [] }],
  ['off', { network: true, writes: [] }],
] as const)('the preset %s', (preset, expected) => {
  expect(reachOf(preset, facts)).toMatchObject(expected);
});

test('a person reads what is held, and plainly when nothing is', () => {
  const lines = reachLines(reachOf('standard', facts));
  expect(lines.map(({ about, open }) => [about, open])).toEqual([
    ['sandbox', false],
    ['changes', false],
    ['hidden', false],
    ['network', false],
  ]);
  for (const reach of [reachOf('off', facts), reachOf('standard', { ...facts, enforced: false })]) {
    expect(reachLines(reach)).toMatchObject([
      { open: true, text: expect.stringContaining('whatever your account can') },
    ]);
  }
});

test('places are written as they are: no empty names, quotes taken off', () => {
  const places = hiddenPlaces('/home/me');
  expect(places).toContain('/home/me/.config/Code - Insiders/User');
  expect(places.filter((place) => !/^\/(home\/me\/|tmp\/|var\/)[^"]+$/.test(place))).toEqual([]);
});
