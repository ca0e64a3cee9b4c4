import { expect, test } from 'vitest';
import { entriesOf, isOff, isUnasked, launchOf, projectsOf } from './shapes.ts';

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
  const unasked = [{ alwaysAllow: ['x'] }, { trust: true }, { autoApprove: ['x'] }, { alwaysAllow: [] }, {}];
  expect(unasked.map(isUnasked)).toEqual([true, true, true, false, false]);
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
