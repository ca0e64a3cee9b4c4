import type { LaunchReview, SharedChange } from '../../../main/contract/launch.ts';
import type { LogLine, ServerSummary, SessionInfo } from '../../../main/contract/server.ts';
import { at, digestOf, uuid } from './ids.ts';
import { PINNED, TRUTH } from './truth.ts';

const base = { reason: null, problem: null, instances: [], launchDigest: digestOf(1) };

export const SERVERS: ServerSummary[] = [
  {
    ...base,
    name: 'files',
    command: 'npx',
    args: [
      '-y',
      '@modelcontextprotocol/server-filesystem@2026.8.31',
      '/home/mara/Documents',
      '/home/mara/Projects/almanac',
    ],
    state: 'ready',
    reason: 'Answering; two sessions.',
    consent: 'given',
    instances: [
      {
        id: uuid(11),
        server: 'files',
        pid: 48121,
        state: 'ready',
        reason: null,
        session: uuid(21),
        startedAt: at(-840),
      },
      {
        id: uuid(12),
        server: 'files',
        pid: 48390,
        state: 'ready',
        reason: null,
        session: uuid(22),
        startedAt: at(-65),
      },
    ],
    tools: { accepted: 12, held: 2, seen: true },
  },
  {
    ...base,
    name: 'github',
    command: 'docker',
    args: ['run', '-i', '--rm', '-e', 'GITHUB_PERSONAL_ACCESS_TOKEN', 'ghcr.io/github/github-mcp-server:v1.4.2'],
    state: 'consent-needed',
    reason: 'What it would run has changed since it was agreed to.',
    consent: 'changed',
    tools: { accepted: 38, held: 0, seen: true },
  },
  {
    ...base,
    name: 'notes',
    command: 'uvx',
    args: ['mcp-obsidian', '--vault', '/home/mara/Notes'],
    state: 'consent-needed',
    reason: 'Nobody has agreed yet to what it runs.',
    consent: 'needed',
    launchDigest: digestOf(3),
    tools: { accepted: 0, held: 0, seen: false },
  },
  {
    ...base,
    name: 'postgres',
    command: '/usr/local/bin/pg-mcp',
    args: ['--read-only', '--dsn-from-env', 'PG_DSN'],
    state: 'backing-off',
    reason: 'Ended with code 1 three times; next start in 8 s.',
    consent: 'given',
    tools: { accepted: 6, held: 0, seen: true },
  },
  {
    ...base,
    name: 'browser',
    command: 'node',
    args: ['/opt/mcp/playwright/cli.js', '--headless'],
    state: 'disabled',
    reason: 'Switched off by mara.',
    consent: 'given',
    tools: { accepted: 25, held: 0, seen: true },
  },
];

export const SESSIONS: SessionInfo[] = [
  {
    id: uuid(21),
    server: 'files',
    client: { name: 'claude-code', version: '2.4.1', pid: 47802, program: '/usr/local/bin/claude' },
    era: 'legacy',
    since: at(-840),
    calls: 37,
  },
  {
    id: uuid(22),
    server: 'files',
    client: { name: 'Visual Studio Code', version: '1.118.0', pid: 41077, program: '/usr/share/code/code' },
    era: 'modern',
    since: at(-65),
    calls: 3,
  },
];

const LAUNCH: LaunchReview['launch'] = {
  command: 'docker',
  args: [
    'run',
    '-i',
    '--rm',
    '-e',
    'GITHUB_PERSONAL_ACCESS_TOKEN',
    '-v',
    '/home/mara:/work',
    'ghcr.io/github/github-mcp-server:v1.4.2',
  ],
  cwd: '/home/mara',
  variables: [
    { name: 'GITHUB_PERSONAL_ACCESS_TOKEN', source: 'keychain', shown: 'github-token', valueDigest: null },
    { name: 'GITHUB_TOOLSETS', source: 'literal', shown: 'repos,issues,pull_requests', valueDigest: digestOf(8) },
    { name: 'HOME', source: 'inherited', shown: null, valueDigest: null },
    { name: 'PATH', source: 'inherited', shown: null, valueDigest: null },
  ],
  files: [{ role: 'program', written: 'docker', path: '/usr/bin/docker', sha256: digestOf(9), size: 41_883_112 }],
  sandbox: 'private process ids (bubblewrap)',
  reach: {
    preset: 'standard',
    enforced: true,
    network: true,
    writes: ['/home/mara/almanac', '/home/mara/notes/index.db'],
    reads: ['/home/mara/.kube/config'],
  },
};

/** What is known of each one's package: looked up, not yet, and none. */
function packageOf(server: string): Pick<LaunchReview, 'package' | 'truth' | 'pinning'> {
  if (server === 'github')
    return {
      package: { kind: 'image', name: 'ghcr.io/github/github-mcp-server', version: 'v1.4.2', registry: 'ghcr.io' },
      truth: null,
      pinning: { kind: 'not', why: 'only npm packages run from the store so far' },
    };
  const named = {
    kind: 'npm',
    name: '@modelcontextprotocol/server-filesystem',
    version: '2026.8.31',
    registry: null,
  } as const;
  return { package: named, truth: TRUTH, pinning: { kind: server === 'files' ? 'pinned' : 'possible' } };
}

const NODE = {
  role: 'program' as const,
  written: 'node',
  path: '/usr/local/bin/node',
  sha256: digestOf(18),
  size: 121_634_816,
};
const NPX = {
  role: 'program' as const,
  written: 'npx',
  path: '/usr/lib/node_modules/npm/bin/npx-cli.js',
  found: '/usr/bin/npx',
  sha256: digestOf(17),
  size: 2922,
};

/** The launch of each server of the gallery. */
export function reviewOf(server: string): LaunchReview {
  const summary = SERVERS.find((candidate) => candidate.name === server);
  const consent = summary?.consent ?? 'needed';
  const launch =
    server === 'github' || LAUNCH === null
      ? LAUNCH
      : {
          ...LAUNCH,
          command: summary?.command ?? 'node',
          args: summary?.args ?? [],
          ...(server === 'files' ? { package: PINNED } : {}),
          variables: LAUNCH.variables.slice(2),
          files: [server === 'files' ? NODE : NPX],
        };
  return {
    server,
    launch,
    digest: digestOf(consent === 'given' ? 1 : 4),
    consent,
    findings:
      server === 'github'
        ? [
            {
              id: 'container-mount',
              severity: 'warning',
              where: 'args[6]',
              span: { start: 0, length: 16 },
              message: 'The container reaches your whole home folder.',
            },
            {
              id: 'unpinned',
              severity: 'info',
              where: 'args[7]',
              span: { start: 0, length: 39 },
              message: 'A tag can be moved to another image; only a digest cannot.',
            },
          ]
        : [],
    differences:
      consent === 'changed'
        ? [
            { where: 'args[5]', before: null, after: '-v' },
            { where: 'args[6]', before: null, after: '/home/mara:/work' },
            {
              where: 'args[7]',
              before: 'ghcr.io/github/github-mcp-server:v1.4.1',
              after: 'ghcr.io/github/github-mcp-server:v1.4.2',
            },
          ]
        : [],
    agreed: consent === 'needed' ? null : { at: at(-864_000), by: 'mara', record: uuid(31) },
    ...packageOf(server),
    upgrade: false,
    problem: null,
  };
}

export const LOGS: LogLine[] = [
  ['lifecycle', 'starting: npx -y @modelcontextprotocol/server-filesystem@2026.8.31'],
  ['stderr', 'Secure MCP Filesystem Server running on stdio'],
  ['lifecycle', 'ready after 412 ms'],
  [
    'stderr',
    "Client does not support MCP Roots, using allowed directories set from server args: [ '/home/mara/Documents' ]",
  ],
  ['stdout', '(node:48121) ExperimentalWarning: not a message, kept here and away from the client'],
  ['stderr', "Error: ENOENT: no such file or directory, open '/home/mara/Documents/report-2025.md'"],
  ['lifecycle', 'session closed by the client; stdin closed'],
  ['lifecycle', 'ended with code 0 after 18 ms'],
].map(([stream, text], seq) => ({
  seq,
  at: at(-900 + seq * 11),
  stream: stream as LogLine['stream'],
  text: text ?? '',
  instance: uuid(11),
}));

/** What an upgrade of Node leaves behind. */
export const SHARED_CHANGES: SharedChange[] = [
  {
    differences: [
      { where: 'program node sha256', before: digestOf(21), after: digestOf(22) },
      { where: 'program node size', before: '118204416 bytes', after: '121634816 bytes' },
    ],
    servers: ['notes', 'calendar', 'search'].map((server, index) => ({ server, digest: digestOf(23 + index) })),
  },
];
