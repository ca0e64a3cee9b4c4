/**
 * What a request must say before it is heard (SECURITY.md rule 21). A page of another site can make a browser send
 * requests here, or point its own name at 127.0.0.1 (DNS rebinding); it cannot choose the Host and Origin they carry.
 */
const NAMES = ['127.0.0.1', 'localhost'] as const;

/** True when `Host` (RFC 9110, 7.2) is exactly one of our own names with our own port. */
export function hostIsOurs(host: string | undefined, port: number): boolean {
  return NAMES.some((name) => host === `${name}:${port}`);
}

/** True when `Origin` (RFC 6454) is exactly that of a page we served to the same host; a missing one is not. */
export function originIsOurs(origin: string | undefined, host: string | undefined, port: number): boolean {
  return hostIsOurs(host, port) && origin === `http://${host}`;
}
