/** Where clients keep their configuration, on each system, for the person and for a project. */
import type { ClientId, ClientScope } from '../../contract/client.ts';
import type { Format } from './format.ts';

/** What the places hang on, given as values so that every system's table can be asked for on any. */
export interface Surroundings {
  /** `process.platform`. */
  readonly platform: string;
  /** The person's home folder. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** One file that may be there. `*` stands for any one name. */
export interface ConfigPlace {
  readonly client: ClientId;
  readonly scope: ClientScope;
  /** The project's folder; null outside of projects. */
  readonly project: string | null;
  readonly path: string;
  readonly format: Format;
}

/**
 * One place a line, `system:` before it where only one of `darwin`, `linux`, `win32` or `unix` has it. `~` is the home
 * folder, `{support}` where applications keep their data, `{config}` XDG's configuration folder, `{codex}` and `{claude}`
 * the folders that these two let a variable move; a `*` there is any editor that grew out of VS Code. `managed` places are
 * an administrator's: shown, never written.
 */
const PLACES: Readonly<
  Record<ClientId, { readonly user: string; readonly managed?: string; readonly project?: string }>
> = {
  'claude-desktop': { user: '{support}/Claude/claude_desktop_config.json' },
  'claude-code': {
    user: '{claude}/.claude.json',
    managed: `darwin:/Library/Application Support/ClaudeCode/managed-mcp.json
      linux:/etc/claude-code/managed-mcp.json
      win32:C:/Program Files/ClaudeCode/managed-mcp.json`,
    project: '.mcp.json',
  },
  cursor: { user: '~/.cursor/mcp.json', project: '.cursor/mcp.json' },
  vscode: {
    user: `{support}/Code/User/mcp.json
      {support}/Code/User/profiles/*/mcp.json
      {support}/Code - Insiders/User/mcp.json`,
    project: '.vscode/mcp.json',
  },
  'copilot-cli': { user: '~/.copilot/mcp-config.json', project: '.github/mcp.json' },
  windsurf: { user: '~/.codeium/windsurf/mcp_config.json' },
  zed: {
    user: 'unix:{config}/zed/settings.json\ndarwin:{support}/Zed/settings.json\nwin32:{support}/Zed/settings.json',
    project: '.zed/settings.json',
  },
  codex: { user: '{codex}/config.toml', managed: 'unix:/etc/codex/config.toml', project: '.codex/config.toml' },
  'gemini-cli': {
    user: '~/.gemini/settings.json',
    managed: `darwin:/Library/Application Support/GeminiCli/settings.json
      linux:/etc/gemini-cli/settings.json
      win32:C:/ProgramData/gemini-cli/settings.json`,
    project: '.gemini/settings.json',
  },
  cline: {
    user: `{support}/*/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json
      ~/.cline/data/settings/cline_mcp_settings.json`,
  },
  roo: {
    user: '{support}/*/User/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json',
    project: '.roo/mcp.json',
  },
  goose: { user: 'unix:{config}/goose/config.yaml\nwin32:{support}/Block/goose/config/config.yaml' },
  opencode: {
    user: '{config}/opencode/opencode.json\n{config}/opencode/opencode.jsonc',
    project: 'opencode.json\nopencode.jsonc\n.opencode/opencode.json\n.opencode/opencode.jsonc',
  },
  continue: { user: '~/.continue/config.yaml\n~/.continue/mcpServers/*', project: '.continue/mcpServers/*' },
  junie: { user: '~/.junie/mcp/mcp.json', project: '.junie/mcp/mcp.json' },
  'lm-studio': { user: '~/.lmstudio/mcp.json' },
  kiro: { user: '~/.kiro/settings/mcp.json', project: '.kiro/settings/mcp.json' },
  antigravity: { user: '~/.gemini/config/mcp_config.json' },
};
const CLIENTS = Object.keys(PLACES) as ClientId[];

/** The files of this account and its administrator. */
export function userPlaces(surroundings: Surroundings): ConfigPlace[] {
  const folders = foldersOf(surroundings);
  const place = (client: ClientId, scope: ClientScope) => (line: string) => {
    const path = line.replace(/^~|^\{(\w+)\}/, (whole, name) => folders[name ?? 'home'] ?? whole);
    return { client, scope, project: null, path: native(path, surroundings), format: formatOf(path) };
  };
  return CLIENTS.flatMap((client) => [
    ...linesOf(PLACES[client].user, surroundings.platform).map(place(client, 'user')),
    ...linesOf(PLACES[client].managed, surroundings.platform).map(place(client, 'managed')),
  ]);
}

/** The files that clients read in a project's folder. */
export function projectPlaces(project: string, surroundings: Surroundings): ConfigPlace[] {
  return CLIENTS.flatMap((client) =>
    linesOf(PLACES[client].project, surroundings.platform).map((line) => ({
      client,
      scope: 'project' as const,
      project,
      path: native(`${project}/${line}`, surroundings),
      format: formatOf(line),
    })),
  );
}

function linesOf(table: string | undefined, platform: string): string[] {
  return (table ?? '').split('\n').flatMap((line) => {
    const [, system, path = ''] = /^\s*(?:(darwin|linux|win32|unix):)?(.*?)\s*$/.exec(line) ?? [];
    const here = system === undefined || system === platform || (system === 'unix' && platform !== 'win32');
    return here && path !== '' ? [path] : [];
  });
}

function foldersOf({ platform, home, env }: Surroundings): Record<string, string> {
  const absolute = (path: string | undefined) => (path && /^(\/|[a-z]:[\\/]|\\\\)/i.test(path) ? path : undefined);
  const config = absolute(env.XDG_CONFIG_HOME) ?? `${home}/.config`;
  const support =
    platform === 'darwin'
      ? `${home}/Library/Application Support`
      : platform === 'win32'
        ? (absolute(env.APPDATA) ?? `${home}/AppData/Roaming`)
        : config;
  return {
    home,
    config,
    support,
    codex: absolute(env.CODEX_HOME) ?? `${home}/.codex`,
    claude: absolute(env.CLAUDE_CONFIG_DIR) ?? home,
  };
}

function native(path: string, { platform }: Surroundings): string {
  return platform === 'win32' ? path.replaceAll('/', '\\') : path;
}

/** Continue's folder holds files of two kinds; those of another are told by their name when they are found. */
function formatOf(path: string): Format {
  if (path.endsWith('.toml')) return 'toml';
  return /\.ya?ml$|\/\*$/.test(path) ? 'yaml' : 'json';
}
