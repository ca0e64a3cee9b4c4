import { expect, test } from 'vitest';
import { freeName, secretName, serverName } from './names.ts';
import { relayedServer, relayLaunch } from './relay.ts';

const own = { command: '/opt/node', args: ['/opt/countersign/bin.cjs'], env: {} };

test('what we write is known again', () => {
  expect(relayedServer(own, relayLaunch(own, 'github'))).toBe('github');
});

test.each([
  { command: '/tmp/node', args: ['/opt/countersign/bin.cjs', 'connect', 'github'] },
  { command: '/opt/node', args: ['/tmp/countersign/bin.cjs', 'connect', 'github'] },
  { command: '/opt/node', args: ['-r', '/tmp/x.js', '/opt/countersign/bin.cjs', 'connect', 'github'] },
  { command: '/opt/node', args: ['/opt/countersign/bin.cjs', 'connect', 'github', '--more'] },
  { command: '/opt/node', args: ['/opt/countersign/bin.cjs', 'connect', 'a b'] },
  { command: '/opt/node', args: ['/opt/countersign/bin.cjs', 'connect'] },
  { command: 'countersign', args: ['connect', 'github'] },
])('what only looks like it is not: $command $args', (launch) => {
  expect(relayedServer(own, launch)).toBeNull();
});

test('names fit what may be a name, and stay apart', () => {
  expect(secretName('GITHUB_TOKEN')).toBe('github-token');
  expect(serverName('My Server/№ 1')).toBe('My-Server-1');
  expect(serverName('…')).toBe('server');
  expect(freeName('x'.repeat(64), (name) => name === 'x'.repeat(64))).toBe(`${'x'.repeat(62)}-2`);
});
