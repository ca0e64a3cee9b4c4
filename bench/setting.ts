import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = join(import.meta.dirname, '..');
const require = createRequire(import.meta.url);

/** A file of an installed package, by the package's name and a path inside it. */
function packaged(name: string, path: string): string {
  const file = join(project, 'node_modules', name, path);
  return existsSync(file) ? file : join(dirname(require.resolve(`${name}/package.json`)), path);
}

/** The programs that are measured, as files for this Node. */
export const PROGRAMS = {
  daemon: join(project, 'dist', 'daemon.mjs'),
  relay: join(project, 'dist', 'relay.cjs'),
  largeLedger: join(project, 'main', 'services', 'audit', 'fixtures', 'largeLedger.ts'),
  everything: packaged('@modelcontextprotocol/server-everything', 'dist/index.js'),
  honest: fileURLToPath(import.meta.resolve('./servers/honest.ts')),
  honestHttp: fileURLToPath(import.meta.resolve('./servers/honestHttp.ts')),
  passing: fileURLToPath(import.meta.resolve('./servers/passing.ts')),
  mcpProxy: packaged('mcp-proxy', 'dist/bin/mcp-proxy.mjs'),
  supergateway: packaged('supergateway', 'dist/index.js'),
  mcpRemote: packaged('mcp-remote', 'dist/proxy.js'),
} as const;

/** What a client starts for the two servers of the measurements. */
export const SERVERS = {
  everything: [PROGRAMS.everything, 'stdio'],
  honest: [PROGRAMS.honest],
} as const;
export type ServerName = keyof typeof SERVERS;
