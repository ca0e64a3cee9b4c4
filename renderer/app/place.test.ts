import { expect, test } from 'vitest';
import { hrefOf, type Place, placeOf, SCREENS, SERVER_TABS } from './place.ts';

test('every place has an address that leads back to it', () => {
  const places: Place[] = [
    ...SCREENS.map((screen) => ({ screen })),
    ...SERVER_TABS.map((tab) => ({ screen: 'server' as const, server: 'a.b-c_d', tab })),
    { screen: 'audit', text: 'server:fs "a / b" 100%', record: '0199' },
    { screen: 'audit', text: 'x' },
    { screen: 'audit', record: '0199' },
    { screen: 'session', session: '0199-77' },
  ];
  for (const place of places) expect(placeOf(hrefOf(place))).toEqual(place);
});

test('what it does not know is home', () => {
  expect(placeOf('')).toEqual({ screen: 'home' });
  expect(placeOf('#/audit/100%')).toEqual({ screen: 'audit', text: '100%' });
  expect(placeOf('#/nowhere/at/all')).toEqual({ screen: 'home' });
  expect(placeOf('#/servers/files/nonsense')).toEqual({ screen: 'server', server: 'files', tab: 'overview' });
});
