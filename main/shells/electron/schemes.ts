import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { pageFile } from './pageFile.ts';
import { APPROVAL_PAGE, MAIN_PAGE, type Page } from './pages.ts';

/** Makes the pages' schemes ordinary secure origins. Call once, before the app's `ready` event. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged(
    [MAIN_PAGE, APPROVAL_PAGE].map(({ scheme }) => ({
      scheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true },
    })),
  );
}

/** Serves one page's files in one session; anything else under its scheme is 404. */
export function servePage(session: Session, page: Page, root: string): void {
  session.protocol.handle(page.scheme, async (request) => {
    const file = request.method === 'GET' ? await pageFile(page, root, request.url) : null;
    const headers = {
      'Content-Security-Policy': page.policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
    };
    if (file === null) return new Response(null, { status: 404, headers });
    const bytes = new Uint8Array(await readFile(file.path));
    return new Response(bytes, { headers: { ...headers, 'Content-Type': file.type } });
  });
}
