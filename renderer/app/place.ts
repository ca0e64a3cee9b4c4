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
  | { readonly screen: Exclude<Screen, 'audit'> }
  /** A search, and a record that stands open. */
  | { readonly screen: 'audit'; readonly text?: string; readonly record?: string }
  | { readonly screen: 'session'; readonly session: string }
  | { readonly screen: 'server'; readonly server: string; readonly tab: ServerTab };

export const SERVER_TABS = ['overview', 'launch', 'tools', 'log'] as const;
export type ServerTab = (typeof SERVER_TABS)[number];

/** Reads an address; what it does not know is home. */
export function placeOf(hash: string): Place {
  const [, first = '', second, third] = hash.replace(/^#/, '').split('/');
  if (first === 'servers' && second !== undefined && second !== '') {
    const tab = SERVER_TABS.find((known) => known === third) ?? 'overview';
    return { screen: 'server', server: plain(second), tab };
  }
  if (first === 'sessions' && second !== undefined && second !== '')
    return { screen: 'session', session: plain(second) };
  if (first === 'audit') {
    const [text, record] = [plain(second ?? ''), plain(third ?? '')];
    return { screen: 'audit', ...(text !== '' && { text }), ...(record !== '' && { record }) };
  }
  return { screen: SCREENS.find((known) => known === first) ?? 'home' };
}

/** The address of a place. */
export function hrefOf(place: Place): string {
  if (place.screen === 'server') {
    const tab = place.tab === 'overview' ? '' : `/${place.tab}`;
    return `#/servers/${encodeURIComponent(place.server)}${tab}`;
  }
  if (place.screen === 'session') return `#/sessions/${encodeURIComponent(place.session)}`;
  if (place.screen === 'audit') {
    const { text = '', record = '' } = place;
    return ['#/audit', encodeURIComponent(text), encodeURIComponent(record)].join('/').replace(/\/+$/, '');
  }
  return `#/${place.screen}`;
}

/** A part of an address as it was meant; one that was cut in the middle as it stands. */
function plain(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
