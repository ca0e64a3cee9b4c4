import { readFile } from 'node:fs/promises';
import { Refused } from '../../contract/errors.ts';
import type { Shell } from './shell.ts';

/** The text of a file, or of standard input when none is named. Throws `Refused('INPUT_INVALID')` when there is neither. */
export async function givenText(shell: Shell, file: string | undefined, what: string): Promise<string> {
  if (file !== undefined && file !== '-') {
    return readFile(file, 'utf8').catch(() => {
      throw new Refused('INPUT_INVALID', `${file} cannot be read`);
    });
  }
  const piped = await shell.piped();
  if (piped === null) throw new Refused('INPUT_INVALID', `name a file with ${what}, or give it on standard input`);
  return piped;
}
