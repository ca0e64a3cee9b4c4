import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookAtImage } from './image.ts';
import { lookAtPypi } from './pypi.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
let server: Server;
let host: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    if (path === '/pypi/mcp-server-git/2026.1.14/json') {
      const url = {
        packagetype: 'bdist_wheel',
        size: 12,
        upload_time_iso_8601: '2026-01-14T00:00:00Z',
        digests: { sha256: 'ab'.repeat(32) },
      };
      const info = { version: '2026.1.14', yanked: true, yanked_reason: 'broken', author: 'Anthropic' };
      const ownership = { organization: null, roles: [{ role: 'Owner', user: 'mallory' }] };
      return response.end(
        JSON.stringify({ info, ownership, urls: [url], vulnerabilities: [{ id: 'CVE-1', summary: 'bad' }] }),
      );
    }
    if (path === '/pypi/native/1.0/json') {
      const digests = { sha256: 'cd'.repeat(32) };
      const wheel = { packagetype: 'bdist_wheel', size: 9, upload_time_iso_8601: '2026-01-14T00:00:00Z', digests };
      return response.end(JSON.stringify({ info: { version: '1.0' }, urls: [wheel, wheel] }));
    }
    if (path === '/pypi/source/1.0/json') {
      const digests = { sha256: 'ef'.repeat(32) };
      const file = { packagetype: 'sdist', size: 9, upload_time_iso_8601: '2026-01-14T00:00:00Z', digests };
      return response.end(JSON.stringify({ info: { version: '1.0' }, urls: [file] }));
    }
    if (path.startsWith('/token')) return response.end(JSON.stringify({ token: 'anonymous' }));
    if (path === '/v2/team/server/manifests/1.0') {
      if (request.headers.authorization === 'Bearer anonymous') response.setHeader('docker-content-digest', DIGEST);
      else {
        response.statusCode = 401;
        response.setHeader('www-authenticate', `Bearer realm="http://${host}/token",service="r",scope="s"`);
      }
      return response.end();
    }
    response.statusCode = 404;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const pypi = (name: string, version: string) =>
  lookAtPypi({ kind: 'pypi', name, version, registry: `http://${host}/simple/` });

test('a Python package: version, hash, date, withdrawal and vulnerabilities; the rest is said to be unchecked', async () => {
  expect(await pypi('mcp-server-git', '2026.1.14')).toMatchObject({
    version: '2026.1.14',
    integrity: `sha256-${Buffer.from('ab'.repeat(32), 'hex').toString('base64')}`,
    publishedAt: '2026-01-14T00:00:00Z',
    publisher: null,
    maintainers: ['mallory'],
    scripts: null,
    deprecated: 'broken',
    advisories: { state: 'failed', detail: 'CVE-1: bad' },
    unchecked: [
      { what: 'its dependencies and what they run' },
      { what: 'who published this version, and since when there is such a package' },
      { what: 'signature and origin' },
    ],
  });
});

test('of a Python package nothing is claimed that hangs on the machine, and a build of its own is told', async () => {
  const native = await pypi('native', '1.0');
  expect(native).toMatchObject({ integrity: null, size: null, maintainers: null, scripts: null });
  expect(native.unchecked.map(({ what }) => what)).toContain('its integrity and size');
  expect((await pypi('source', '1.0')).scripts).toMatchObject([{ package: 'source@1.0', event: 'install' }]);
});

test('an image: the digest its tag means now, with an anonymous token', async () => {
  const wanted = { kind: 'image' as const, name: `${host}/team/server`, version: '1.0', registry: host };
  expect(await lookAtImage(wanted)).toMatchObject({ version: DIGEST, registry: host });
});

test('what a registry does not have, or nobody answers for, could not be checked', async () => {
  const wanted = { kind: 'image' as const, name: `${host}/team/none`, version: null, registry: host };
  expect((await lookAtImage(wanted)).unchecked[0]?.why).toBe('the registry has no such image');
  expect((await pypi('none', '1.0')).unchecked[0]?.why).toBe('the index has no such package or version');
  const silent = await lookAtPypi({ kind: 'pypi', name: 'x', version: null, registry: 'http://127.0.0.1:9' });
  expect(silent).toMatchObject({ version: null, signature: { state: 'unchecked' } });
});
