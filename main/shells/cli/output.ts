import type { Refusal } from '../../contract/errors.ts';
import { columns } from './columns.ts';
import type { Paint } from './paint.ts';
import { visibleLines } from './visible.ts';

/** Where a command writes. With `--json` exactly one JSON value goes to standard output and everything else is silent. */
export interface Output {
  readonly json: boolean;
  readonly paint: Paint;
  line(text?: string): void;
  lines(text: readonly string[]): void;
  table(rows: readonly (readonly string[])[], head?: readonly string[]): void;
  /** What a command found: `human` draws it, `--json` prints it. */
  result(value: unknown, human: () => void): void;
  /** For people waiting; never part of the result (standard error). */
  note(text: string): void;
  refused(refusal: Refusal): void;
  /** Faults that are in force, those of one kind together. */
  problems(faults: readonly Refusal[]): void;
}

/** The two streams a command has. */
export interface Streams {
  out(text: string): void;
  error(text: string): void;
}

/** Output for people. */
export function humanOutput(streams: Streams, paint: Paint): Output {
  const line = (text = '') => streams.out(`${text}\n`);
  const report = (word: string, same: readonly [Refusal, ...Refusal[]]) => {
    const [{ code, message, fix }] = same;
    streams.error(`${paint.bad(word)} ${message} ${paint.dim(`[${code}]`)}\n`);
    // It can repeat what a file or a registry said.
    for (const each of same.flatMap(({ detail }) => visibleLines(detail ?? '')))
      if (each !== '') streams.error(`  ${each}\n`);
    streams.error(`  ${fix}\n`);
  };
  return {
    json: false,
    paint,
    line,
    lines: (text) => text.forEach((each) => void line(each)),
    table(rows, head) {
      const all = head === undefined ? rows : [head.map((cell) => paint.dim(cell)), ...rows];
      columns(all).forEach((each) => void line(each));
    },
    result: (_, human) => human(),
    note: (text) => streams.error(`${paint.dim(text)}\n`),
    refused: (refusal) => report('Refused:', [refusal]),
    problems(faults) {
      for (const [first, ...others] of Map.groupBy(faults, ({ code }) => code).values())
        if (first !== undefined) report('Problem:', [first, ...others]);
    },
  };
}

/** Output for programs: `{"refused": …}` for a refusal (main/contract/errors.ts), otherwise the result's contract shape. */
export function jsonOutput(streams: Streams, paint: Paint): Output {
  const print = (value: unknown) => streams.out(`${JSON.stringify(value)}\n`);
  const silent = () => {};
  return {
    json: true,
    paint,
    line: silent,
    lines: silent,
    table: silent,
    result: (value) => print(value),
    note: silent,
    refused: (refusal) => print({ refused: refusal }),
    problems: silent,
  };
}
