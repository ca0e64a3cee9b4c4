/** The two pages of the desktop app, each with an origin, a session and a policy of its own. */
export interface Page {
  /** URL scheme, used by this page alone. */
  readonly scheme: string;
  readonly origin: string;
  /** Of the first document. */
  readonly url: string;
  /** Chromium session; without `persist:` it is kept in memory only. */
  readonly partition: string;
  /** Content-Security-Policy (W3C CSP 3) sent with every answer. */
  readonly policy: string;
  /** Paths below the renderer folder that this origin may read. */
  readonly serves: (path: string) => boolean;
}

const policy = (connect: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const isAsset = (path: string) => path.startsWith('assets/') || path === 'icon.svg';

export const MAIN_PAGE: Page = {
  scheme: 'app',
  origin: 'app://countersign',
  url: 'app://countersign/index.html',
  partition: 'persist:app',
  policy: policy("'self'"),
  serves: (path) => path === 'index.html' || isAsset(path),
};

export const APPROVAL_PAGE: Page = {
  scheme: 'approval',
  origin: 'approval://prompt',
  url: 'approval://prompt/approval.html',
  partition: 'approval',
  policy: policy("'none'"),
  serves: (path) => path === 'approval.html' || isAsset(path),
};

/** Whether a URL belongs to the page's own origin. */
export function isOfPage(page: Page, url: string): boolean {
  return url === page.origin || url.startsWith(`${page.origin}/`);
}
