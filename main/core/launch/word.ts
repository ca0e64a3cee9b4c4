/** A word of a command line, wherever it stands: an argument, or a part of one that a shell will take apart. */
import type { LaunchFinding, Severity } from '../../contract/launch.ts';

export interface Word {
  /** What the program will get: quotes and escapes undone. */
  readonly text: string;
  /** `command`, `args[2]` or `env NAME`. */
  readonly where: string;
  /** Where it stands in there, as written, in code units. */
  readonly start: number;
  readonly length: number;
}

/** The whole of one place as a word. */
export function wholeWord(where: string, text: string): Word {
  return { text, where, start: 0, length: text.length };
}

/** The rest of a word from an offset in its text; the word itself where quoting makes offsets uncertain. */
export function restOf(word: Word, from: number): Word {
  const text = word.text.slice(from);
  return word.length === word.text.length
    ? { ...word, text, start: word.start + from, length: text.length }
    : { ...word, text };
}

export function findingAt(id: string, severity: Severity, word: Word, message: string): LaunchFinding {
  return { id, severity, where: word.where, span: { start: word.start, length: word.length }, message };
}

const WORST: readonly Severity[] = ['severe', 'warning', 'info'];

/** The worst before all others, those of a kind in the order they had. */
export function worstFirst(findings: readonly LaunchFinding[]): LaunchFinding[] {
  return findings.toSorted((a, b) => WORST.indexOf(a.severity) - WORST.indexOf(b.severity));
}

/** The name a program goes by: without folder, `.exe` and case. */
export function programName(text: string): string {
  const name = text.split(/[/\\]/).at(-1) ?? text;
  return name.replace(/\.(exe|cmd|bat|ps1)$/i, '').toLowerCase();
}
