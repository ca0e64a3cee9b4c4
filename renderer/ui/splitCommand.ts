/** A command line as people paste it, split the way a POSIX shell splits words, and nothing more: no shell ever runs it. */

export type SplitCommand =
  | { readonly ok: true; readonly command: string; readonly args: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** Characters that would mean something to a shell; here they are plain characters, and the person is told. */
const SHELL_ONLY = /^(\||\|\||&&?|;|<|>|>>)$/;

/** Splits on blanks; quotes and backslashes group as in POSIX sh (2.2). Refuses an open quote and shell operators. */
export function splitCommand(line: string): SplitCommand {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let i = 0; i < line.length; i += 1) {
    const c = line[i] as string;
    if (quote === "'") {
      if (c === "'") quote = undefined;
      else word = (word ?? '') + c;
    } else if (quote === '"') {
      const escaped = c === '\\' && /["\\$`]/.test(line[i + 1] ?? '');
      if (c === '"') quote = undefined;
      else word = (word ?? '') + (escaped ? line[++i] : c);
    } else if (c === "'" || c === '"') {
      quote = c;
      word ??= '';
    } else if (c === '\\' && i + 1 < line.length) {
      word = (word ?? '') + line[++i];
    } else if (/\s/.test(c)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + c;
    }
  }
  if (quote !== undefined)
    return { ok: false, message: `A ${quote === '"' ? 'double' : 'single'} quote is never closed.` };
  if (word !== undefined) words.push(word);
  const operator = words.find((w) => SHELL_ONLY.test(w));
  if (operator !== undefined) {
    return {
      ok: false,
      message: `“${operator}” needs a shell, and no shell runs this: write one program with its arguments.`,
    };
  }
  const [command, ...args] = words;
  if (command === undefined) return { ok: false, message: 'Type the program and its arguments.' };
  return { ok: true, command, args };
}

/** Lines of `NAME=value` as an environment; undefined when a line is not one. Empty lines are skipped. */
export function readEnvironment(text: string): Record<string, string> | undefined {
  const env: Record<string, string> = {};
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const match = /^\s*([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line);
    if (match === null) return undefined;
    env[match[1] as string] = match[2] as string;
  }
  return env;
}
