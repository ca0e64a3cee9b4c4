/** Where the person is: screens as addresses after the `#`, so that back, forward and links work in every shell. */

export const SCREENS = [
  'home',
  'clients',
  'servers',
  'asks',
  'grants',
  'audit',
  'secrets',
  'policy',
  'settings',
] as const;
export type Screen = (typeof SCREENS)[number];

export type Place =
  | { readonly screen: Screen }
  | { readonly screen: 'server'; readonly server: string; readonly tab: ServerTab };

export const SERVER_TABS = ['overview', 'launch', 'tools', 'log'] as const;
export type ServerTab = (typeof SERVER_TABS)[number];

/** Reads an address; what it does not know is home. */
export function placeOf(hash: string): Place {
  const [, first = '', second, third] = hash.replace(/^#/, '').split('/');
  if (first === 'servers' && second !== undefined && second !== '') {
    const tab = SERVER_TABS.find((known) => known === third) ?? 'overview';
    return { screen: 'server', server: decodeURIComponent(second), tab };
  }
  return { screen: SCREENS.find((known) => known === first) ?? 'home' };
}

/** The address of a place. */
export function hrefOf(place: Place): string {
  if (place.screen === 'server') {
    const tab = place.tab === 'overview' ? '' : `/${place.tab}`;
    return `#/servers/${encodeURIComponent(place.server)}${tab}`;
  }
  return `#/${place.screen}`;
}
