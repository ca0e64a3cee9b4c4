import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What came of one check. */
export interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  /** Why it did not run at all. */
  readonly notRun?: string;
  /** Wall-clock seconds. */
  readonly seconds: number;
}

/** Counts of a check that has tests of its own, read from its report after it ran. */
export type Count = () => { passed: number; failed: number };

/** Runs a program with this terminal's output; resolves with its exit code (128 and more: ended by a signal). */
export async function run(command: string, args: readonly string[]): Promise<number> {
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 128;
}

/** Runs one check. Its exit code decides when it has no counts; a failing exit without a failed test is one failure more. */
export async function check(name: string, command: readonly [string, ...string[]], count?: Count): Promise<Outcome> {
  console.log(`\n── ${name}`);
  const started = performance.now();
  const [program, ...args] = command;
  const code = await run(program, args).catch(() => 127);
  const seconds = (performance.now() - started) / 1000;
  const counted = safely(count) ?? { passed: code === 0 ? 1 : 0, failed: 0 };
  const failed = code !== 0 && counted.failed === 0 ? 1 : counted.failed;
  return { name, passed: counted.passed, failed, seconds };
}

/** Undefined when there is no report to read: the program failed before it could write one. */
function safely(count: Count | undefined): { passed: number; failed: number } | undefined {
  try {
    return count?.();
  } catch {
    return undefined;
  }
}
