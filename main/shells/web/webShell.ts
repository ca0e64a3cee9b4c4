import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Page, Passes } from '../../adapters/http/passes.ts';
import { answerRequest } from '../../adapters/http/requests.ts';
import { acceptUpgrades } from '../../adapters/http/upgrades.ts';
import type { RpcPort } from '../../adapters/socket/rpcPort.ts';
import type { DaemonStatus } from '../../contract/status.ts';

export interface WebShellOptions {
  /** The built renderer, `dist/renderer`. */
  readonly rendererFolder: string;
  /** 0, the default, lets the system choose. */
  readonly port?: number;
  /** Approval pages exist in headless mode only. */
  readonly mode: () => DaemonStatus['mode'];
  /** Takes a browser's connection over: `serveWebDoor(port, router, context)`. */
  readonly door: (port: RpcPort, page: Page) => void;
  /** Milliseconds of a clock that does not jump. */
  readonly monotonic: () => number;
}

export interface WebShell {
  /** A link that opens the page once, within a minute. */
  link(page?: Page): string;
  /** Ends every browser's connection and stops listening. */
  close(): Promise<void>;
}

/** The same interface in a browser, for machines without a display: on loopback only, behind every guard of adapters/http. */
export async function openWebShell(options: WebShellOptions): Promise<WebShell> {
  const passes = new Passes(options.monotonic);
  const mayApprove = () => options.mode() === 'headless';
  const parts = { rendererFolder: options.rendererFolder, passes, mayApprove, port, door: options.door };
  const server = createServer((request, response) => {
    answerRequest(request, response, parts).catch(() => response.destroy());
  });
  const upgrades = acceptUpgrades(parts);
  server.on('upgrade', upgrades.upgrade);
  // Slow and oversized requests have no use here.
  server.headersTimeout = 10_000;
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });

  function port() {
    return (server.address() as AddressInfo | null)?.port ?? -1;
  }
  return {
    link: (page = 'app') =>
      `http://127.0.0.1:${port()}${page === 'approval' ? '/approval' : '/'}#${passes.issue(page)}`,
    async close() {
      upgrades.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
