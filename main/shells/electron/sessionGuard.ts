import type { Session } from 'electron';
import { isOfPage, type Page } from './pages.ts';

/**
 * Leaves a session nothing but its own page: every request to another origin (`file:`, the network, other schemes)
 * is cancelled, every permission and device refused, every download stopped.
 */
export function guardSession(session: Session, page: Page): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isOfPage(page, details.url) && !details.url.startsWith('data:image/') });
  });
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(isHarmless(permission)));
  session.setPermissionCheckHandler((_contents, permission) => isHarmless(permission));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
}

/** Writing to the clipboard on a click ("copy the digest") gives a page nothing it could misuse; everything else is refused. */
function isHarmless(permission: string): boolean {
  return permission === 'clipboard-sanitized-write';
}
