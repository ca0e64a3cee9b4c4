import { expect, test } from 'vitest';
import { projectPlaces, userPlaces } from '../clients/places.ts';
import { PROTECTED_GROUPS, protectedPlaces } from './protected.ts';

const groups = protectedPlaces({
  home: '/home/ada',
  own: ['/home/ada/.config/countersign', '/run/user/7/countersign', '/home/ada/state'],
  lent: ['/home/ada/state/work'],
});

test.each([
  ['/home/ada/.ssh/id_ed25519', 'credentials'],
  ['/home/ada/.ssh', 'credentials'],
  ['/srv/x/.aws/credentials', 'credentials'],
  ['/home/ada/.npmrc', 'credentials'],
  ['/home/ada/.SSH./id', 'credentials'],
  ['C:\\Users\\ada\\.ssh\\id', 'credentials'],
  ['/home/ada/.ſsh/id', 'credentials'],
  ['/home/ada/.s\u200csh/id', 'credentials'],
  ['/srv/keys/id_ed25519', 'credentials'],
  ['/home/ada/.cargo/credentials.toml', 'credentials'],
  ['/proc/41/environ', 'credentials'],
  ['/srv/bare.git/hooks/post-receive', 'git-hooks'],
  ['/srv/bare.git/config', 'git-hooks'],
  ['/home/ada/.config/systemd/user/x.service', 'shell-startup'],
  ['/etc/cron.daily/x', 'shell-startup'],
  ['C:\\Users\\ada\\Documents\\PowerShell\\Microsoft.VSCode_profile.ps1', 'shell-startup'],
  ['/srv/repo/.git/hooks/pre-commit', 'git-hooks'],
  ['/srv/repo/.git/modules/a/b/hooks/post-checkout', 'git-hooks'],
  ['/home/ada/.bashrc', 'shell-startup'],
  ['/etc/profile.d/x.sh', 'shell-startup'],
  ['/home/ada/.cursor/mcp.json', 'client-configuration'],
  ['/srv/repo/.vscode/settings.json', 'client-configuration'],
  ['/home/ada/.config/Code/User/profiles/x/mcp.json', 'client-configuration'],
  ['/Users/ada/Library/Application Support/Claude/claude_desktop_config.json', 'client-configuration'],
  ['/home/ada/.config/countersign/servers.json', 'countersign'],
  ['/run/user/7/countersign/countersign.sock', 'countersign'],
  ['/home/ada/state/ledger.db', 'countersign'],
])('%s is protected as %s', (path, group) => {
  expect(groups(path)).toEqual([group]);
});

test.each([
  '/srv/.sshd/x',
  '/srv/repo/.gitignore',
  '/srv/repo/.yarnrc.yml',
  '/srv/keys/id_rsa.md',
  '/proc/41/status',
  '/srv/repo/.git/HEAD',
  '/srv/repo/.npmrc',
  '/srv/repo/bashrc',
  '/srv/etc/profile',
  '/srv/settings.json',
  '/home/ada/.config/countersign-notes/a',
  '/srv/.vscode/extensions.json',
  '/home/ada/state/work/notes/a.txt',
])('%s is not', (path) => {
  expect(groups(path)).toEqual([]);
});

test.each([
  ['linux', '/home/ada', {}],
  ['darwin', '/Users/ada', {}],
  ['win32', 'C:\\Users\\ada', { APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' }],
])('every file in which a client looks for servers is protected on %s', (platform, home, env) => {
  const surroundings = { platform, home, env };
  const places = [...userPlaces(surroundings), ...projectPlaces(`${home}/almanac`, surroundings)];
  const open = places.filter(({ path }) => !groups(path.replaceAll('*', 'x')).includes('client-configuration'));
  expect(open.map(({ client, path }) => `${client}: ${path}`)).toEqual([]);
});

test.each([
  ['/srv/repo/.git', ['git-hooks']],
  ['/srv/repo/.vscode', ['client-configuration']],
  ['/home/ada/.local/share', ['credentials', 'shell-startup']],
  ['/home/ada/.config', ['countersign', 'credentials', 'git-hooks', 'shell-startup']],
  ['/home', ['client-configuration', 'countersign', 'credentials', 'git-hooks', 'shell-startup']],
  ['/srv/repo', []],
  ['/home/ada/state/work/notes', []],
])('%s, moved as a whole, takes along what is protected in it', (path, expected) => {
  expect(groups(path, true).toSorted()).toEqual(expected);
  expect(groups(path)).toEqual([]);
});

test('a client’s file is protected where a variable has moved it', () => {
  const moved = (platform: string, home: string, env: Record<string, string>) => {
    const clients = userPlaces({ platform, home, env }).map(({ path }) => path);
    return protectedPlaces({ home, own: [], lent: [], clients });
  };
  const unix = moved('linux', '/home/ada', { CODEX_HOME: '/Data/Codex', CLAUDE_CONFIG_DIR: '/srv/claude' });
  expect(unix('/data/codex/config.toml')).toEqual(['client-configuration']);
  expect(unix('/srv/claude/.claude.json')).toEqual(['client-configuration']);
  expect(unix('/data/codex/notes.md')).toEqual([]);
  expect(moved('win32', 'C:\\Users\\ada', { CODEX_HOME: 'D:\\codex' })('D:\\codex\\config.toml')).toEqual([
    'client-configuration',
  ]);
});

test('every group but our own folders has a list', () => {
  expect(PROTECTED_GROUPS.toSorted()).toEqual([...PROTECTED_GROUPS]);
});
