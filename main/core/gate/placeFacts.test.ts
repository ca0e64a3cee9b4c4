import { expect, test } from 'vitest';
import { placeFacts } from './placeFacts.ts';

const lead = {
  pointer: '/path',
  text: 'link/x',
  whole: true,
  folder: false,
  written: ['/srv/link/x'],
  real: ['/data/x'],
  certain: true,
};

test('every place and every folder above it is known, written and real', () => {
  const { within, real, led } = placeFacts([lead], () => []);
  expect(within).toEqual(['/', '/data', '/data/x', '/srv', '/srv/link', '/srv/link/x']);
  expect(real).toEqual(new Map([['/path', '/data/x']]));
  expect(led).toEqual([{ text: 'link/x', to: '/data/x' }]);
});

test('Windows paths end at their drive', () => {
  const windows = { ...lead, written: ['C:\\a\\b'], real: ['C:\\a\\b'] };
  expect(placeFacts([windows], () => []).within).toEqual(['C:\\', 'C:\\a', 'C:\\a\\b']);
});

test('where a path leads is told only when it is certain and one place', () => {
  expect(placeFacts([{ ...lead, certain: false }], () => [])).toMatchObject({ real: new Map(), uncertain: ['link/x'] });
  expect(placeFacts([{ ...lead, several: true, real: ['/a', '/b'] }], () => [])).toMatchObject({
    real: new Map(),
    several: [{ text: 'link/x', places: ['/a', '/b'] }],
  });
  expect(placeFacts([{ ...lead, whole: false }], () => []).real.size).toBe(0);
});

test('a place is protected by either of its names', () => {
  expect(placeFacts([lead], (place) => (place.startsWith('/data') ? ['credentials'] : [])).protected).toEqual([
    'credentials',
  ]);
});
