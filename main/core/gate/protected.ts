/** Places that no server has business with, whatever the call is called (SECURITY.md, incidents 4, 6, 12, 15, 18, 25). */

import { foldKey } from '../mcp/keys.ts';

export const PROTECTED_GROUPS = [
  'client-configuration',
  'countersign',
  'credentials',
  'git-hooks',
  'shell-startup',
] as const;
export type ProtectedGroup = (typeof PROTECTED_GROUPS)[number];

/** Where this account keeps things: absolute paths. */
export interface Home {
  readonly home: string;
  /** Our own folders. */
  readonly own: readonly string[];
  /** Folders inside of those that servers work in. */
  readonly lent: readonly string[];
  /** Clients' files where this account has them, `*` for any one name: variables can move them. */
  readonly clients?: readonly string[];
}

/**
 * One place a line: `~/` is the home folder, `/` the root, anything else may lie anywhere; `*` is any part of one name and
 * `**` any number of names. What lies below a place belongs to it. The clients are those of the table of configuration files.
 */
const PLACES: Readonly<Record<Exclude<ProtectedGroup, 'countersign'>, string>> = {
  'client-configuration': `
    claude_desktop_config.json
    .claude.json
    .mcp.json
    .claude/settings.json
    .claude/settings.local.json
    .claude/hooks
    Application Support/ClaudeCode
    Program Files/ClaudeCode
    /etc/claude-code
    .cursor/mcp.json
    .cursor/hooks.json
    .vscode/mcp.json
    .vscode/settings.json
    .vscode/tasks.json
    Code*/User/**/mcp.json
    Code*/User/**/settings.json
    Code*/User/**/tasks.json
    VSCodium/User/**/settings.json
    Cursor/User/**/settings.json
    Windsurf/User/**/settings.json
    .copilot/mcp-config.json
    .github/mcp.json
    .codeium/windsurf/mcp_config.json
    zed/settings.json
    .zed/settings.json
    .codex/config.toml
    /etc/codex
    .gemini/settings.json
    .gemini/config/mcp_config.json
    gemini-cli/settings.json
    GeminiCli/settings.json
    cline_mcp_settings.json
    mcp_settings.json
    .roo/mcp.json
    goose/config.yaml
    goose/config/config.yaml
    opencode.json
    opencode.jsonc
    .continue/config.yaml
    .continue/config.json
    .continue/mcpServers
    .junie/mcp
    .lmstudio/mcp.json
    .kiro/settings
    .kiro/hooks`,
  credentials: `
    .ssh
    .gnupg
    .aws
    .azure
    .kube
    .oci
    .config/gcloud
    gcloud/credentials.db
    gcloud/access_tokens.db
    gcloud/legacy_credentials
    gcloud/application_default_credentials.json
    .boto
    .s3cfg
    .snowflake
    .databrickscfg
    .docker/config.json
    .config/containers/auth.json
    .config/gh
    .config/glab-cli
    .config/hub
    .config/op
    .config/doctl
    .config/rclone
    .config/sops
    .config/age
    .config/netlify
    .config/stripe
    .config/git/credentials
    .netrc
    _netrc
    .git-credentials
    .pypirc
    ~/.npmrc
    ~/.yarnrc.yml
    .cargo/credentials
    .cargo/credentials.toml
    .gem/credentials
    .m2/settings.xml
    .m2/settings-security.xml
    .pgpass
    .my.cnf
    .vault-token
    .password-store
    .terraformrc
    .terraform.d/credentials.tfrc.json
    .local/share/keyrings
    .local/share/kwalletd
    id_rsa
    id_dsa
    id_ecdsa
    id_ecdsa_sk
    id_ed25519
    id_ed25519_sk
    /proc/*/environ
    /proc/*/mem
    /run/secrets
    /var/run/secrets
    Library/Keychains
    Microsoft/Credentials
    Microsoft/Protect
    /etc/shadow
    /etc/sudoers
    /etc/sudoers.d
    /etc/ssh`,
  'git-hooks': `
    *.git/hooks
    *.git/config
    *.git/config.worktree
    git~1/hooks
    git~1/config
    .git/modules/**/hooks
    .git/modules/**/config
    .git/worktrees/*/config.worktree
    .husky
    .gitconfig
    .config/git/config
    .config/git/hooks
    /etc/gitconfig`,
  'shell-startup': `
    .bashrc
    .bash_profile
    .bash_login
    .bash_logout
    .bash_aliases
    .profile
    .zshrc
    .zshenv
    .zprofile
    .zlogin
    .zlogout
    .kshrc
    .cshrc
    .tcshrc
    .login
    .bashrc.d
    .xinitrc
    .xprofile
    .xsession
    .xsessionrc
    .pam_environment
    .config/fish
    .config/nushell
    .config/powershell
    .config/autostart
    .config/environment.d
    .config/plasma-workspace/env
    .config/systemd/user
    .local/share/systemd/user
    Library/LaunchAgents
    Library/LaunchDaemons
    Start Menu/Programs/Startup
    *profile.ps1
    /etc/profile
    /etc/profile.d
    /etc/environment
    /etc/bash.bashrc
    /etc/zsh
    /etc/init.d
    /etc/rc.local
    /etc/systemd
    /etc/ld.so.preload
    /etc/cron*
    /var/spool/cron`,
};

/** The groups an absolute path falls into; `whole` for one that is moved or copied with all that lies in it. */
export type GroupsOf = (place: string, whole?: boolean) => ProtectedGroup[];

/** Says which groups a place falls into; made once for an account. */
export function protectedPlaces({ home, own, lent, clients = [] }: Home): GroupsOf {
  const homeText = folded(home);
  const groups = Object.entries(PLACES).map(([group, list]) => {
    const moved = group === 'client-configuration' ? clients.map(fromRoot) : [];
    const places = [...list.trim().split(/\s*\n\s*/), ...moved];
    const forms = (of: readonly string[], end = '') =>
      new RegExp(of.map((place) => form(place, escaped(homeText.slice(0, -1))) + end).join('|'));
    return { group: group as ProtectedGroup, inside: forms(places), above: forms(places.flatMap(foldersAbove), '$') };
  });
  const [ours, theirs] = [own.map(folded), lent.map(folded)];
  const inOne = (folders: readonly string[], text: string) => folders.some((folder) => text.startsWith(folder));
  return (place, whole = false) => {
    const text = folded(place);
    const holds = (above: RegExp) => whole && (above.test(text) || homeText.startsWith(text));
    const found = groups.filter(({ inside, above }) => inside.test(text) || holds(above)).map(({ group }) => group);
    const mine = inOne(ours, text) ? !inOne(theirs, text) : whole && ours.some((folder) => folder.startsWith(text));
    return mine ? [...found, 'countersign'] : found;
  };
}

/** An absolute path of any system as a place from the root. */
const fromRoot = (path: string) => `/${path.replaceAll('\\', '/').replace(/^\//, '')}`;

/** `a/b/c` lies in `a` and in `a/b`. */
function foldersAbove(place: string): string[] {
  const names = place.split('/');
  const above = names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
  return above.filter((folder) => folder !== '' && folder !== '~');
}

/**
 * `/name/name/`, as file systems that fold case and normalisation would find it, and without what Windows ignores at the
 * end of a name: a place is rather taken for another than missed.
 */
function folded(path: string): string {
  const names = path.split(/[/\\]+/).map((name) => foldKey(name.replace(IGNORED, '')));
  const kept = names.map((name) => name.replace(/::\$data$/, '').replace(/(?<=[^. ])[. ]+$/, ''));
  return `/${kept.filter((name) => name !== '').join('/')}/`;
}

/** What HFS+ does not see in a name. */
const IGNORED = /\p{Default_Ignorable_Code_Point}/gu;

function form(place: string, home: string): string {
  const anchor = place.startsWith('~/') ? `^${home}` : place.startsWith('/') ? '^' : '';
  const names = place.replace(/^~?\//, '').toLowerCase().split('/');
  const parts = names.map((name) => (name === '**' ? '(?:[^/]+/)*' : `${escaped(name).replaceAll('\\*', '[^/]*')}/`));
  return `${anchor}/${parts.join('')}`;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
