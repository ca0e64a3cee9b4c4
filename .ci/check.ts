import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What came of one check. */
export interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  /** Why it did not run at all, or which of its tests did not. */
  readonly notRun?: string;
  /** Wall-clock seconds. */
  readonly seconds: number;
}

/** What the report of a check with tests of its own says after it ran. */
export interface Tests {
  readonly passed: number;
  readonly failed: number;
  /** Titles of those that were skipped. */
  readonly skipped: readonly string[];
}

/** CI has what tests need, but for the samples: they lie beside a checkout and are no part of it. */
const OPTIONAL = /\bsamples\b/;

/** Skipped tests are named, and never pass: where CI is set they are failures. */
export function counted({ passed, failed, skipped }: Tests, ci: boolean): Omit<Outcome, 'name' | 'seconds'> {
  const needed = ci ? skipped.filter((title) => !OPTIONAL.test(title)).length : 0;
  return { passed, failed: failed + needed, ...(skipped.length > 0 && { notRun: skipped.join('; ') }) };
}

/** Runs a program with this terminal's output; resolves with its exit code (128 and more: ended by a signal). */
export async function run(command: string, args: readonly string[]): Promise<number> {
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 128;
}

/** Runs one check. Its exit code decides when it has no counts; a failing exit without a failed test is one failure more. */
export async function check(
  name: string,
  command: readonly [string, ...string[]],
  tests?: () => Tests,
): Promise<Outcome> {
  console.log(`\n── ${name}`);
  const started = performance.now();
  const [program, ...args] = command;
  const code = await run(program, args).catch(() => 127);
  const seconds = (performance.now() - started) / 1000;
  const found = safely(tests) ?? { passed: code === 0 ? 1 : 0, failed: 0, skipped: [] };
  const failed = code !== 0 && found.failed === 0 ? 1 : found.failed;
  return { name, ...counted({ ...found, failed }, process.env.CI !== undefined), seconds };
}

/** Undefined when there is no report to read: the program failed before it could write one. */
function safely(tests: (() => Tests) | undefined): Tests | undefined {
  try {
    return tests?.();
  } catch {
    return undefined;
  }
}
