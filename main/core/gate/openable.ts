/** Addresses that a server asks its client to open (MCP 2025-11-25, client/elicitation: URL mode). */

/** As RFC 3986 writes it, with no name before the host and every other character escaped: nothing in it misleads. */
const HTTPS = /^https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?(?:[/?#][!-~]*)?$/i;
/** A program of this machine that waits for the person to come back. */
const LOOPBACK = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?(?:[/?#][!-~]*)?$/i;

/** Whether it may go to a client, which hands it to the system's opener: `javascript:`, `file:` and their like run things. */
export function isOpenable(address: unknown): boolean {
  return typeof address === 'string' && (HTTPS.test(address) || LOOPBACK.test(address));
}
