/** One open MCP connection that is measured: stdio or Streamable HTTP behind the same few calls. */
export interface Peer {
  /** The process whose memory counts as the peer's own. */
  readonly pid: number;
  /** Resolves when the result of the request has arrived whole; rejects on an error answer. */
  request(method: string, params: object): Promise<void>;
  notify(method: string): Promise<void>;
  close(): Promise<void>;
}

/** The first exchange of every connection (2025-06-18, `lifecycle`). */
export async function initialize(peer: Peer): Promise<void> {
  await peer.request('initialize', {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'bench', version: '1.0.0' },
  });
  await peer.notify('notifications/initialized');
}

/** A call of one of the tools that both servers have. */
export const callEcho = (peer: Peer) => peer.request('tools/call', { name: 'echo', arguments: { message: 'hello' } });
export const callBig = (peer: Peer, bytes: number) => peer.request('tools/call', { name: 'big', arguments: { bytes } });
