import type { Budget } from './budgets.ts';
import type { Figures, Results } from './results.ts';

const ROWS: readonly (readonly [string, keyof Figures, (value: number) => string])[] = [
  ['one call after another, p50 ms', 'p50', (value) => value.toFixed(3)],
  ['one call after another, p99 ms', 'p99', (value) => value.toFixed(3)],
  ['64 KiB result, p50 ms', 'bigP50', (value) => value.toFixed(3)],
  ['64 in flight, server-everything, calls/s', 'everythingRate', (value) => Math.round(value).toString()],
  ['64 in flight, minimal server, calls/s', 'honestRate', (value) => Math.round(value).toString()],
  ['start to first answer, ms', 'start', (value) => value.toFixed(0)],
  ['memory of what the client talks to, MiB', 'memory', (value) => value.toFixed(0)],
];

/** The table people read: figures with their ratio to direct, then the budgets. */
export function reportText(results: Results, budgets: readonly Budget[]): string {
  const names = Object.keys(results.subjects);
  const head = ['', ...names];
  const rows = ROWS.map(([label, key, show]) => [label, ...names.map((name) => cell(results, name, key, show))]);
  const { bare, relay, verdicts, daemonMemory, packageStart: packaged } = results;
  return [
    `Node ${results.node}, ${results.platform}, ${results.cores} cores, ${results.rounds} interleaved rounds`,
    '',
    ...aligned([head, ...rows]),
    '',
    `bare Node: ${bare.start.toFixed(0)} ms to its first byte, ${bare.memory.toFixed(0)} MiB; relay: ${relay.start.toFixed(0)} ms, ${relay.memory.toFixed(0)} MiB; daemon: ${daemonMemory.toFixed(0)} MiB`,
    ...verdicts.map(
      ({ policies, known, anew, timed }) =>
        `one call after another with ${policies} policies, p50: ${known.toFixed(3)} ms with arguments seen before, ${anew.toFixed(3)} ms with new ones${timed === null ? '' : `, ${timed.toFixed(3)} ms where one more reads the time`}`,
    ),
    packaged === null
      ? 'server from a package: not measured, no registry answered'
      : `server from a package, start to first answer: npx -y ${packaged.npx.toFixed(0)} ms, Countersign’s store ${packaged.store.toFixed(0)} ms (${(packaged.npx / packaged.store).toFixed(1)} times as fast)`,
    '“passing bytes” is two programs of ours between that read nothing: what any program between costs.',
    'mcp-proxy and supergateway are reached over Streamable HTTP, mcp-remote over stdio with a Streamable HTTP server behind it.',
    '',
    ...aligned(
      budgets.map(({ what, limit, measured, holds }) => [
        holds ? 'holds ' : 'BROKEN',
        what,
        measured,
        `budget: ${limit}`,
      ]),
    ),
  ].join('\n');
}

function cell({ subjects }: Results, name: string, key: keyof Figures, show: (value: number) => string): string {
  const value = subjects[name]?.[key] ?? Number.NaN;
  const direct = subjects.direct?.[key] ?? Number.NaN;
  return name === 'direct' || Number.isNaN(value) ? show(value) : `${show(value)} (${(value / direct).toFixed(2)}×)`;
}

/** Rows as lines, each column as wide as its widest cell. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
