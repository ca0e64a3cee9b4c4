/**
 * Who may import whom. Targets are written as `main/core/gate/x.ts` (a file), `node:fs` (Node) and `npm:zod` (a package).
 * The first row whose folder a file lies in speaks for it; a file that no row speaks for is a fault.
 */
export interface Row {
  readonly from: RegExp;
  /** What it may import beside its own folder. */
  readonly may: readonly RegExp[];
}

const NODE = /^node:/;
const CONTRACT = /^main\/contract\//;
const SCHEMA = /^npm:(zod|@orpc\/contract)$/;
const RPC = /^npm:@orpc\/(client|server|contract|shared)$/;
const PORTS = /^main\/services\/(clock\.ts$|[^/]+\/ports\.ts$)/;
/** Every package but Electron. */
const PACKAGE = /^npm:(?!electron$)/;
/** The version a program says of itself. */
const MANIFEST = /^package\.json$/;
const BUILDS = /^main\/(services|adapters)\//;
const INTERFACE =
  /^npm:(react|react-dom|@base-ui\/react|@orpc\/(client|contract|openapi-client)|@tanstack\/react-(query|virtual)|lucide-react|cmdk|uplot|zod|diff|@noble\/hashes)$/;

export const ROWS: readonly Row[] = [
  { from: /^main\/contract\//, may: [SCHEMA] },
  { from: /^main\/core\//, may: [CONTRACT] },
  { from: /^main\/services\//, may: [CONTRACT, /^main\/core\//, NODE] },
  { from: /^main\/adapters\//, may: [CONTRACT, PORTS, NODE, PACKAGE] },
  { from: /^main\/shells\/relay\//, may: [CONTRACT, /^main\/adapters\//, /^main\/core\/mcp\//, NODE] },
  { from: /^main\/shells\/cli\//, may: [CONTRACT, BUILDS, MANIFEST, RPC, SCHEMA, NODE, /^npm:commander$/] },
  { from: /^main\/shells\/verify\//, may: [CONTRACT, BUILDS, MANIFEST, SCHEMA, NODE, /^npm:commander$/] },
  { from: /^main\/shells\/web\//, may: [CONTRACT, BUILDS, RPC, SCHEMA, NODE] },
  // The daemon puts the decisions and their effects together, so it names both.
  {
    from: /^main\/shells\/daemon\//,
    may: [CONTRACT, BUILDS, MANIFEST, /^main\/(core|shells\/web)\//, RPC, SCHEMA, NODE, /^npm:pino$/],
  },
  { from: /^main\/shells\/electron\//, may: [CONTRACT, BUILDS, RPC, SCHEMA, NODE, /^npm:electron$/] },
  { from: /^preload\//, may: [CONTRACT, /^npm:electron$/] },
  { from: /^renderer\/approval\//, may: [CONTRACT, /^renderer\/ui\//, INTERFACE] },
  { from: /^renderer\//, may: [CONTRACT, INTERFACE, /^npm:vite$/] },
  { from: /^collector\//, may: [CONTRACT, /^main\/core\/ledger\//, MANIFEST, NODE, PACKAGE] },
  { from: /^(e2e|bench)\//, may: [CONTRACT, /^(e2e|bench)\//, NODE, PACKAGE] },
];

/** Tests may import what they try out with, but run without Electron like everything else. */
export const TEST_ROW: Row = {
  from: /(\.(test|fixture)\.tsx?$|\/fixtures\/)/,
  may: [/^(main|preload|renderer|collector)\//, NODE, PACKAGE],
};

/** Why this import is wrong whatever the rows say; null when it is not. */
export function alwaysWrong(from: string, to: string): string | null {
  const feature = /^renderer\/features\/([^/]+)\//;
  const other = feature.exec(to)?.[1];
  const own = feature.exec(from)?.[1];
  if (own !== undefined && other !== undefined && own !== other) return 'a feature never imports another one';
  return null;
}
