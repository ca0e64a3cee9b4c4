import type { LiveLink } from './link.ts';
import { openPort } from './port.ts';
import { reconnecting } from './reconnecting.ts';
import { webSession } from './web.ts';

/** Connects this page to the daemon: through the window's bridge where there is one, else through the web shell. */
export function openLink(): LiveLink {
  const bridge = window.countersign;
  if (bridge !== undefined) return reconnecting('window', () => openPort(bridge));
  const session = webSession();
  return { ...reconnecting('browser', session.open), approvalPage: session.approvalPage };
}
