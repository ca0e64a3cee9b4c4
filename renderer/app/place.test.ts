import { expect, test } from 'vitest';
import { hrefOf, type Place, placeOf, SCREENS, SERVER_TABS } from './place.ts';

test('every place has an address that leads back to it', () => {
  const places: Place[] = [
    ...SCREENS.map((screen) => ({ screen })),
    ...SERVER_TABS.map((tab) => ({ screen: 'server' as const, server: 'a.b-c_d', tab })),
  ];
  for (const place of places) expect(placeOf(hrefOf(place))).toEqual(place);
});

test('what it does not know is home', () => {
  expect(placeOf('')).toEqual({ screen: 'home' });
  expect(placeOf('#/nowhere/at/all')).toEqual({ screen: 'home' });
  expect(placeOf('#/servers/files/nonsense')).toEqual({ screen: 'server', server: 'files', tab: 'overview' });
});
