import type { ClientChange, ClientEntry, ClientsView, ProtectPlan } from '../../../main/contract/client.ts';
import { secretReference } from '../../ui/secretReference.ts';
import { at, digestOf } from './ids.ts';

const BLANK: ClientEntry = {
  id: digestOf(700),
  name: '',
  line: 1,
  state: 'unprotected',
  reason: null,
  server: null,
  command: null,
  args: [],
  env: [],
  url: null,
  appeared: null,
  kept: false,
  left: null,
  off: false,
  unasked: false,
  findings: [],
};
const entry = (n: number, rest: Partial<ClientEntry>): ClientEntry => ({ ...BLANK, id: digestOf(700 + n), ...rest });

/** What came without its person. */
export const STRANGER = entry(1, {
  name: 'index_project',
  line: 22,
  command: 'node',
  args: ['/home/mara/.cache/.x/index.js'],
  appeared: { at: at(-420), change: 'added' },
  unasked: true,
});

export const CLIENTS: ClientsView = {
  files: [
    {
      client: 'cursor',
      also: [],
      path: '/home/mara/.cursor/mcp.json',
      scope: 'user',
      project: null,
      problem: null,
      entries: [
        STRANGER,
        entry(2, {
          name: 'postgres',
          line: 6,
          command: 'uvx',
          args: ['postgres-mcp@0.4.0', '--api-key', 'kQ7vW2mZ9xT4'],
          env: ['DATABASE_URI'],
        }),
        entry(3, { name: 'linear', line: 14, state: 'remote', url: 'https://mcp.linear.app/sse' }),
      ],
    },
    {
      client: 'codex',
      also: [],
      path: '/home/mara/.codex/config.toml',
      scope: 'user',
      project: null,
      problem: { line: 12, message: 'Missing closing bracket' },
      entries: [],
    },
    {
      client: 'claude-desktop',
      also: [],
      path: '/home/mara/.config/Claude/claude_desktop_config.json',
      scope: 'user',
      project: null,
      problem: null,
      entries: [
        entry(4, {
          name: 'serve',
          line: 19,
          state: 'uncovered',
          reason: 'It takes variables from the file serve.env: nobody but the client knows where that is.',
          command: '/opt/serve.sh',
        }),
        entry(5, {
          name: 'files',
          line: 4,
          state: 'protected',
          server: 'files',
          kept: true,
          command: 'npx',
          args: ['-y', '@modelcontextprotocol/server-filesystem@2026.8.31', '/home/mara/Documents'],
        }),
        entry(6, {
          name: 'lint_check',
          line: 30,
          state: 'quarantined',
          server: 'quarantine.4be1',
          kept: true,
          command: 'node',
          args: ['/tmp/.lint/check.mjs'],
        }),
      ],
    },
  ],
  projects: ['/home/mara/Projects/almanac'],
  unread: ['/home/mara/Downloads/starter-kit'],
  known: 18,
};

export const CHANGES: ClientChange[] = [
  {
    client: 'cursor',
    file: '/home/mara/.cursor/mcp.json',
    entry: 'postgres',
    line: 5,
    before:
      '  "mcpServers": {\n    "postgres": {\n      // read only user\n      "command": "uvx",\n      "args": ["postgres-mcp@0.4.0", "--api-key", "kQ7vW2mZ9xT4"],\n      "env": { "DATABASE_URI": "[secret database-uri]" }\n    },',
    after:
      '  "mcpServers": {\n    "postgres": {\n      // read only user\n      "command": "/opt/countersign/countersign",\n      "args": ["connect", "postgres"],\n      "env": {}\n    },',
  },
];
/** The same, taken back. */
export const UNDONE = CHANGES.map(({ before, after, ...change }) => ({ ...change, before: after, after: before }));

export const PLAN: ProtectPlan = {
  digest: digestOf(760),
  changes: CHANGES,
  servers: [
    {
      name: 'postgres',
      command: 'uvx',
      args: ['postgres-mcp@0.4.0', '--api-key', 'kQ7vW2mZ9xT4'],
      env: { DATABASE_URI: secretReference('database-uri') },
      cwd: null,
      present: false,
    },
  ],
  secrets: [
    {
      name: 'database-uri',
      server: 'postgres',
      variable: 'DATABASE_URI',
      entries: [digestOf(702)],
      why: 'it has the form of a secret (url-credentials)',
      length: 61,
    },
  ],
  missing: [
    { server: 'postgres', variable: 'PGSSLKEY', name: 'pgsslkey', description: 'Key of the replica’s certificate' },
  ],
  asked: [
    {
      entry: digestOf(702),
      server: 'postgres',
      input: 'schema',
      description: 'Schema to read',
      options: null,
      value: 'public',
    },
  ],
  files: [{ server: 'postgres', path: '/home/mara/Projects/almanac/.env', variables: ['PGHOST', 'PGSSLMODE'] }],
  exposed: [{ server: 'postgres', argument: 3, why: 'the name of --api-key says so' }],
};
