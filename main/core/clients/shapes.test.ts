import { expect, test } from 'vitest';
import { entriesOf, fieldsFor, isOff, isUnasked, launchOf, NOWHERE, projectsOf } from './shapes.ts';

test('claude code keeps entries of projects in its own file', () => {
  const mcpServers = { a: { command: 'x' } };
  const found = entriesOf('claude-code', { mcpServers, projects: { '/p': { mcpServers }, '/q': {} } });
  expect(found.map(({ path, project }) => [path, project])).toEqual([
    [['mcpServers', 'a'], null],
    [['projects', '/p', 'mcpServers', 'a'], '/p'],
  ]);
});

test('an entry of a list is known by its name, wherever it stands', () => {
  const found = entriesOf('continue', { mcpServers: [{ name: 'b', command: 'x' }, { command: 'y' }, 7] });
  expect(found.map(({ name, path }) => [name, path.at(-1)])).toEqual([
    ['b', 0],
    ['number 2', 1],
    ['number 3', 2],
  ]);
});

const local = {
  kind: 'local',
  command: 'npx',
  args: ['-y', 'x'],
  env: { A: '1' },
  cwd: null,
  envFile: null,
  passed: [],
};

test.each([
  ['cursor', { command: 'npx', args: ['-y', 'x'], env: { A: 1 } }],
  ['zed', { command: { path: 'npx', args: ['-y', 'x'], env: { A: '1' } } }],
  ['goose', { type: 'stdio', cmd: 'npx', args: ['-y', 'x'], envs: { A: '1' } }],
  ['opencode', { type: 'local', command: ['npx', '-y', 'x'], environment: { A: '1' } }],
] as const)('%s writes the same launch in its own way', (client, value) => {
  expect(launchOf(client, value)).toEqual(local);
});

test('variables that come from elsewhere are named', () => {
  expect(launchOf('codex', { command: 'x', env_vars: ['B', 'A'], env: { A: '1' } })).toMatchObject({ passed: ['B'] });
});

test.each([
  ['windsurf', { serverUrl: 'https://a' }],
  ['gemini-cli', { httpUrl: 'https://a' }],
  ['goose', { type: 'sse', uri: 'https://a' }],
] as const)('%s reaches a remote server', (client, value) => {
  expect(launchOf(client, value)).toEqual({ kind: 'remote', url: 'https://a' });
});

test('an address beside a program is not passed over, unless it leads nowhere', () => {
  const value = { command: 'npx', args: ['-y', 'x'], env: { A: '1' } };
  expect(launchOf('gemini-cli', { ...value, httpUrl: 'https://a' })).toEqual({ ...local, url: 'https://a' });
  expect(launchOf('gemini-cli', { ...value, httpUrl: NOWHERE })).toEqual(local);
  expect(launchOf('gemini-cli', { url: NOWHERE })).toEqual({ kind: 'remote', url: NOWHERE });
});

test('rewritten, an entry goes nowhere else', () => {
  const ours = { command: 'node', args: ['connect'], env: {} };
  const value = { command: 'x', url: 'https://a', httpUrl: 'https://b', envFile: '.env' };
  expect(
    Object.fromEntries(fieldsFor('gemini-cli', value, ours).map(({ path, value }) => [path.join('.'), value])),
  ).toEqual({ command: 'node', args: ['connect'], url: NOWHERE, httpUrl: NOWHERE, envFile: '' });
  expect(fieldsFor('windsurf', { serverUrl: 'https://a' }, ours)).toEqual([{ path: ['serverUrl'], value: NOWHERE }]);
});

test.each([
  [{ source: 'extension', settings: {} }],
  [{ command: 'x', args: [{}] }],
  [{ command: ['x', 'y'] }],
  ['text'],
  [null],
])('what is no program of its own is left alone: %j', (value) => {
  expect(launchOf('zed', value)).toMatchObject({ kind: 'other', why: expect.stringMatching(/\.$/) });
});

test('what the client itself decided shows', () => {
  expect([{ disabled: true }, { enabled: false }, { disabled: false }, 1].map(isOff)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  const unasked = [{ alwaysAllow: ['x'] }, { trust: true }, { autoApprove: ['x'] }, { sandboxEnabled: true }];
  expect(unasked.map(isUnasked)).toEqual([true, true, true, true]);
  expect([{ alwaysAllow: [] }, {}].map(isUnasked)).toEqual([false, false]);
});

test('only a folder trusted in the client counts as that', () => {
  const claude = {
    projects: { '/a': { hasTrustDialogAccepted: true }, '/b': {}, '/c': { hasTrustDialogAccepted: 'true' } },
  };
  const trusted = (client: 'claude-code' | 'codex' | 'cursor', document: unknown) =>
    projectsOf(client, document).flatMap(({ folder, trusted }) => (trusted ? [folder] : []));
  expect(trusted('claude-code', claude)).toEqual(['/a']);
  expect(
    trusted('codex', { projects: { '/d': { trust_level: 'trusted' }, '/e': { trust_level: 'untrusted' } } }),
  ).toEqual(['/d']);
  expect(trusted('cursor', claude)).toEqual([]);
});
