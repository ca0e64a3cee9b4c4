import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRegistry } from './registry.ts';

let server: Server;
let folder: string;
let asked = Promise.withResolvers<void>();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'registry-'));
  // Has one archive, and takes every other question without an answer.
  server = createServer((request, response) => {
    asked.resolve();
    if (request.url === '/x/-/x-1.0.0.tgz') response.end(readFileSync(join(folder, 'x.tgz')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

test('a look-up can be ended while its registry keeps silent, and leaves nothing behind', async () => {
  const registry = openRegistry(join(folder, 'packages'));
  const ending = new AbortController();
  const wanted = {
    kind: 'npm' as const,
    name: 'x',
    version: null,
    registry: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
  };
  const steps: string[] = [];
  const looking = registry.look(wanted, { program: null, tell: ({ step }) => steps.push(step), signal: ending.signal });
  await asked.promise;
  ending.abort();
  await expect(looking).rejects.toMatchObject({ refusal: { code: 'PACKAGE_UNAVAILABLE', detail: 'it was cancelled' } });
  expect(steps).toContain('package');
  expect(readdirSync(join(folder, 'packages')).filter((name) => name.startsWith('job-'))).toEqual([]);
});

test('one that was ended before it began is not begun', async () => {
  asked = Promise.withResolvers();
  const registry = openRegistry(join(folder, 'packages'));
  const wanted = { kind: 'npm' as const, name: 'x', version: null, registry: null };
  const options = { program: null, tell: () => {}, signal: AbortSignal.abort() };
  await expect(registry.look(wanted, options)).rejects.toMatchObject({ refusal: { code: 'PACKAGE_UNAVAILABLE' } });
});

test.runIf(process.platform === 'linux')(
  'nothing that an install script left running outlives the installation',
  async () => {
    const script = {
      package: 'x@1.0.0',
      event: 'install' as const,
      command: `sleep 600 >/dev/null 2>&1 & echo $! >${folder}/left`,
    };
    mkdirSync(join(folder, 'package'));
    const manifest = { name: 'x', version: '1.0.0', bin: { x: 'x.js' }, scripts: { install: script.command } };
    writeFileSync(join(folder, 'package', 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'package', 'x.js'), '#!/usr/bin/env node\n');
    execFileSync('tar', ['-czf', join(folder, 'x.tgz'), '-C', folder, 'package']);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const integrity = `sha512-${createHash('sha512')
      .update(readFileSync(join(folder, 'x.tgz')))
      .digest('base64')}`;
    const lock = {
      lockfileVersion: 3,
      packages: {
        '': { dependencies: { x: '1.0.0' } },
        'node_modules/x': { version: '1.0.0', resolved: `${url}x/-/x-1.0.0.tgz`, integrity, hasInstallScript: true },
      },
    };
    await openRegistry(join(folder, 'packages')).install({
      ...{ folder: join(folder, 'store', 'x'), name: 'x', version: '1.0.0', entry: 'x.js', registry: url },
      ...{ lock: JSON.stringify(lock), scripts: [script], allowed: [script.package] },
    });
    const left = Number(readFileSync(join(folder, 'left'), 'utf8'));
    expect(left).toBeGreaterThan(0);
    await expect.poll(() => isRunning(left)).toBe(false);
  },
);

/** One that ended and whose end nobody has taken yet runs no more (proc(5)). */
function isRunning(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && !/\) [ZX] /.test(readFileSync(file, 'utf8'));
}
