import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
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
  // Takes every question and answers none.
  server = createServer(() => asked.resolve());
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
