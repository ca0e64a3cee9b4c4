/** The first line of a script names the program that runs it (execve(2), env(1)). */
import { decodeUtf8 } from '../mcp/utf8.ts';

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

/** env's first word that is neither an option nor `NAME=value`; `-S` is dropped because its words were split already. */
function programOfEnv(words: readonly string[]): string | null {
  for (const [i, word] of words.entries()) {
    if (word === '-u' || word === '-C') return programOfEnv(words.slice(i + 2));
    const text = word.startsWith('-S') ? word.slice(2) : word;
    if (text === '' || text.startsWith('-') || text.includes('=')) continue;
    return text;
  }
  return null;
}
