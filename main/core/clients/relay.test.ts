import { expect, test } from 'vitest';
import { freeName, secretName, serverName } from './names.ts';
import { relayed, relayLaunch } from './relay.ts';

const own = { command: '/opt/node', args: ['/opt/countersign/bin.cjs'], env: { COUNTERSIGN_HOME: '/home/mara/ours' } };
const local = { kind: 'local', cwd: null, envFile: null, passed: [], env: own.env } as const;
const ours = { ...local, ...relayLaunch(own, 'github') };

test('what we write is known again', () => {
  expect(relayed(own, ours)).toEqual({ server: 'github', strays: [] });
});

test.each([
  [{ env: { ...own.env, NODE_OPTIONS: '--require /tmp/x.cjs' } }, ['the variable NODE_OPTIONS']],
  [{ env: { COUNTERSIGN_HOME: '/tmp/theirs' } }, ['the variable COUNTERSIGN_HOME']],
  [{ env: {} }, ['the variable COUNTERSIGN_HOME']],
  [{ envFile: '/tmp/x.env' }, ['variables from the file /tmp/x.env']],
  [{ url: 'https://theirs.test/mcp' }, ['the address https://theirs.test/mcp']],
])('what stands beside our command is named: %j', (beside, strays) => {
  expect(relayed(own, { ...ours, ...beside })).toEqual({ server: 'github', strays });
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
  expect(relayed(own, { ...local, ...launch })).toBeNull();
});

test('names fit what may be a name, and stay apart', () => {
  expect(secretName('GITHUB_TOKEN')).toBe('github-token');
  expect(serverName('My Server/№ 1')).toBe('My-Server-1');
  expect(serverName('…')).toBe('server');
  expect(freeName('x'.repeat(64), (name) => name === 'x'.repeat(64))).toBe(`${'x'.repeat(62)}-2`);
});
