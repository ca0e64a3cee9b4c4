/** The first line of a script names the program that runs it (execve(2), env(1)). */
import { decodeUtf8 } from '../mcp/utf8.ts';
import { afterEnv } from './innermost.ts';
import { wholeWord } from './word.ts';

/** `interpreter` is as written; `program` is what env(1) looks up on the PATH when the interpreter is env. */
export interface Shebang {
  readonly interpreter: string;
  readonly program: string | null;
}

/** Reads `#!` from the first bytes of a file; null when the file is no such script. */
export function parseShebang(head: Uint8Array): Shebang | null {
  if (head[0] !== 0x23 || head[1] !== 0x21) return null;
  const end = head.indexOf(0x0a);
  const line = decodeUtf8(head, 2, end < 0 ? head.length : end).trim();
  const [interpreter, ...rest] = line.split(/[ \t]+/);
  if (!interpreter) return null;
  if (!/(^|\/)env$/.test(interpreter)) return { interpreter, program: null };
  return { interpreter, program: programOfEnv(rest) };
}

/** Options that a script's first line gives to the Node that runs it; none where it names another program. */
export function nodeOptions(head: Uint8Array): string[] {
  const end = head.indexOf(0x0a);
  const line = decodeUtf8(head, 0, end < 0 ? head.length : end).trim();
  const after = /^#!.*\bnode\s+(-.*)$/.exec(line)?.[1];
  return after?.split(/\s+/) ?? [];
}

/** What env(1) starts, of the words that stand behind its name. */
function programOfEnv(words: readonly string[]): string | null {
  // Linux hands them on as one; only what `-S` splits comes to more.
  const { words: started } = afterEnv(words.map((text) => wholeWord('shebang', text)));
  return started.find(({ text }) => !text.includes('='))?.text ?? null;
}
