import { expect, test } from 'vitest';
import { CLIENT_NAMES } from '../../contract/client.ts';
import { projectPlaces, type Surroundings, userPlaces } from './places.ts';

const LINUX: Surroundings = { platform: 'linux', home: '/home/mara', env: {} };
const MAC: Surroundings = { platform: 'darwin', home: '/Users/mara', env: {} };
const WINDOWS: Surroundings = {
  platform: 'win32',
  home: 'C:\\Users\\mara',
  env: { APPDATA: 'C:\\Users\\mara\\AppData\\Roaming' },
};
const pathsOf = (surroundings: Surroundings, client: string) =>
  userPlaces(surroundings)
    .filter((place) => place.client === client && place.scope === 'user')
    .map(({ path }) => path);

test.each([
  ['claude-desktop', LINUX, '/home/mara/.config/Claude/claude_desktop_config.json'],
  ['claude-desktop', MAC, '/Users/mara/Library/Application Support/Claude/claude_desktop_config.json'],
  ['claude-desktop', WINDOWS, 'C:\\Users\\mara\\AppData\\Roaming\\Claude\\claude_desktop_config.json'],
  ['claude-code', LINUX, '/home/mara/.claude.json'],
  ['claude-code', WINDOWS, 'C:\\Users\\mara\\.claude.json'],
  ['cursor', MAC, '/Users/mara/.cursor/mcp.json'],
  ['vscode', LINUX, '/home/mara/.config/Code/User/mcp.json'],
  ['vscode', MAC, '/Users/mara/Library/Application Support/Code/User/mcp.json'],
  ['vscode', WINDOWS, 'C:\\Users\\mara\\AppData\\Roaming\\Code\\User\\profiles\\*\\mcp.json'],
  ['roo', LINUX, '/home/mara/.config/*/User/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json'],
  ['windsurf', WINDOWS, 'C:\\Users\\mara\\.codeium\\windsurf\\mcp_config.json'],
  ['zed', LINUX, '/home/mara/.config/zed/settings.json'],
  ['zed', MAC, '/Users/mara/.config/zed/settings.json'],
  ['zed', WINDOWS, 'C:\\Users\\mara\\AppData\\Roaming\\Zed\\settings.json'],
  ['codex', LINUX, '/home/mara/.codex/config.toml'],
  ['goose', MAC, '/Users/mara/.config/goose/config.yaml'],
  ['goose', WINDOWS, 'C:\\Users\\mara\\AppData\\Roaming\\Block\\goose\\config\\config.yaml'],
  ['opencode', LINUX, '/home/mara/.config/opencode/opencode.jsonc'],
  ['continue', LINUX, '/home/mara/.continue/mcpServers/*'],
] as const)('%s on $platform: %#', (client, surroundings, path) => {
  expect(pathsOf(surroundings, client)).toContain(path);
});

test('every client has a place on every system, and no place is left unfilled', () => {
  for (const surroundings of [LINUX, MAC, WINDOWS]) {
    const places = userPlaces(surroundings);
    expect(new Set(places.map(({ client }) => client))).toEqual(new Set(Object.keys(CLIENT_NAMES)));
    for (const { path } of places) expect(path).toMatch(/^(\/|[A-Z]:\\)[^~{}]*$/);
  }
});

test('variables that move a client’s folder count, unless they are relative', () => {
  const moved = {
    ...LINUX,
    env: { XDG_CONFIG_HOME: '/srv/config', CODEX_HOME: '/srv/codex', CLAUDE_CONFIG_DIR: 'here' },
  };
  expect(pathsOf(moved, 'zed')).toEqual(['/srv/config/zed/settings.json']);
  expect(pathsOf(moved, 'codex')).toEqual(['/srv/codex/config.toml']);
  expect(pathsOf(moved, 'claude-code')).toEqual(['/home/mara/.claude.json']);
});

test('an administrator’s files are told apart by system', () => {
  const managed = (surroundings: Surroundings) =>
    userPlaces(surroundings).flatMap(({ scope, client, path }) =>
      scope === 'managed' && client === 'claude-code' ? [path] : [],
    );
  expect(managed(LINUX)).toEqual(['/etc/claude-code/managed-mcp.json']);
  expect(managed(MAC)).toEqual(['/Library/Application Support/ClaudeCode/managed-mcp.json']);
  expect(managed(WINDOWS)).toEqual(['C:\\Program Files\\ClaudeCode\\managed-mcp.json']);
});

test('a project’s files lie in its folder', () => {
  const paths = projectPlaces('/home/mara/almanac', LINUX).map(({ path }) => path);
  for (const file of ['.mcp.json', '.cursor/mcp.json', '.vscode/mcp.json', '.codex/config.toml', '.roo/mcp.json'])
    expect(paths).toContain(`/home/mara/almanac/${file}`);
  expect(projectPlaces('C:\\almanac', WINDOWS).map(({ path }) => path)).toContain('C:\\almanac\\.zed\\settings.json');
});
