/** A command line as data: which program it starts in the end, through what, and what a person should know of it (PRODUCT.md I2, I3). */
import type { LaunchFinding, LaunchVariable } from '../../contract/launch.ts';
import type { LaunchPackage } from '../../contract/package.ts';
import type { Masker } from '../egress/masker.ts';
import { Reading, type Start } from './reading.ts';
import { secretFindings, textFindings } from './texts.ts';
import { variableFindings } from './variables.ts';
import { type Word, wholeWord, worstFirst } from './word.ts';

/** A command and its arguments. */
export interface Line {
  readonly command: string;
  readonly args: readonly string[];
}

export interface AnalysedLine extends Line {
  readonly variables: readonly Pick<LaunchVariable, 'name' | 'source' | 'shown'>[];
}

export interface Analysis {
  readonly launchers: readonly string[];
  readonly program: string;
  readonly package: LaunchPackage | null;
  /** What names the package. */
  readonly packageWord: Word | null;
  /** Programs and code on this machine that the first program leads to. */
  readonly started: readonly Start[];
  /** Worst first, then as they stand. */
  readonly findings: readonly LaunchFinding[];
}

/** Never throws. `masker` finds secrets in a text. */
export function analyse(line: AnalysedLine, masker: Pick<Masker, 'find'>): Analysis {
  const words = wordsOf(line);
  const reading = readLine(line);
  const found = [
    ...words.flatMap((word, i) => textFindings(word, words[i - 1]?.text ?? '', masker)),
    ...reading.findings,
    ...variableFindings(line.variables),
    ...line.variables.flatMap(({ name, source, shown }) =>
      source === 'literal' && shown !== null ? secretFindings(wholeWord(`env ${name}`, shown), name, masker) : [],
    ),
  ];
  const seen = new Map(found.map((one) => [`${one.id} ${one.where} ${one.span.start} ${one.span.length}`, one]));
  const findings = worstFirst([...seen.values()]);
  const { launchers, program, packageWord, started } = reading;
  return { launchers, program, package: reading.package, packageWord, started, findings };
}

/** What a line leads to, followed down to what runs in the end. */
export function readLine(line: Line): Reading {
  const reading = new Reading();
  reading.follow(wordsOf(line), 0);
  return reading;
}

function wordsOf({ command, args }: Line): Word[] {
  return [wholeWord('command', command), ...args.map((text, i) => wholeWord(`args[${i}]`, text))];
}
