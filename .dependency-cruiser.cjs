// Who may import whom (docs: the table of folders). Each folder is allowed what its row names; everything else is an error.
'use strict';

const SCHEMA = 'node_modules/(zod|@orpc/contract)(/|$)';
const RPC = 'node_modules/@orpc/(client|server|contract|shared)(/|$)';
const CONTRACT = '^main/contract/';
// The version a program says of itself.
const MANIFEST = '^package\\.json$';
const PORTS = '^main/services/(clock\\.ts$|[^/]+/ports\\.ts$)';
const INTERFACE =
  'node_modules/(react|react-dom|@base-ui/react|@orpc/(client|contract)|@tanstack/react-(query|virtual)|lucide-react|cmdk|uplot|zod|diff)(/|$)';

/** A row of the table: what `from` may import beside itself, as patterns on the resolved path; `node` for node: modules. */
const row = (from, may, { node = false, except } = {}) => ({
  name: `from-${from.replace(/[^a-z]+/g, '-').replace(/^-|-$/g, '')}`,
  comment: `${from} may import: ${[...may, ...(node ? ['node:'] : [])].join('  ') || 'nothing else'}`,
  severity: 'error',
  from: { path: from, pathNot: ['\\.test\\.tsx?$', ...(except ?? [])] },
  to: { pathNot: [from, ...may], ...(node ? { dependencyTypesNot: ['core'] } : {}) },
});

module.exports = {
  forbidden: [
    row('^main/contract/', [SCHEMA]),
    row('^main/core/', [CONTRACT]),
    row('^main/services/', [CONTRACT, '^main/core/'], { node: true }),
    row('^main/adapters/', [CONTRACT, '^main/core/', PORTS, 'node_modules/(?!electron/)'], { node: true }),
    row('^main/shells/relay/', [CONTRACT, '^main/adapters/', '^main/core/mcp/'], { node: true }),
    row(
      '^main/shells/cli/',
      [CONTRACT, MANIFEST, '^main/(services|adapters)/', 'node_modules/commander/', RPC, SCHEMA],
      {
        node: true,
      },
    ),
    row('^main/shells/web/', [CONTRACT, '^main/(services|adapters)/', RPC, SCHEMA], { node: true }),
    row(
      '^main/shells/daemon/',
      [CONTRACT, MANIFEST, '^main/(services|adapters|core)/', '^main/shells/web/', RPC, SCHEMA],
      {
        node: true,
      },
    ),
    row('^main/shells/electron/', [CONTRACT, '^main/(services|adapters)/', 'node_modules/electron/', RPC, SCHEMA], {
      node: true,
    }),
    row('^preload/', [CONTRACT, 'node_modules/electron/']),
    row('^renderer/approval/', ['^renderer/(ui|link)/', CONTRACT, INTERFACE]),
    row('^renderer/', [CONTRACT, INTERFACE, '^node_modules/vite/']),
    row('^collector/', [CONTRACT, '^main/core/ledger/', 'node_modules/(?!electron/)'], { node: true }),
    row('^(e2e|bench)/', [CONTRACT, '^(e2e|bench)/', 'node_modules/'], { node: true }),
    {
      name: 'features-apart',
      comment: 'A feature never imports another one.',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'electron-in-one-folder',
      comment: 'Everything but the desktop shell and the preloads runs without Electron.',
      severity: 'error',
      from: { pathNot: '^(main/shells/electron|preload)/' },
      to: { path: 'node_modules/electron/' },
    },
    {
      name: 'no-node-in-pages',
      comment: 'Pages and preloads run in a sandbox.',
      severity: 'error',
      from: { path: '^(preload|renderer)/', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-cycles',
      comment: 'Files that need each other are one file or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere, or to a package that package.json does not name.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared',
      comment: 'What ships is a dependency; a devDependency is gone in a package.',
      severity: 'error',
      from: { path: '^main/', pathNot: ['\\.test\\.ts$', '^main/shells/electron/', '^main/contract/bridge'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm'] },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.artifacts)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs', '.json', '.css'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
