/** Which texts of a call's arguments may be paths. What only might be one counts: looking at it costs little. */
import { fieldFinder } from './fields.ts';

export interface PathText {
  /** JSON pointer of the argument it stands in. */
  readonly pointer: string;
  readonly text: string;
  /** Whether the argument is the path, and not something that mentions it. */
  readonly whole: boolean;
}

/** PATH_MAX on Linux. */
const LONGEST = 4096;
/** A program longer than this is not searched for paths. */
const LONGEST_CODE = 65_536;

const BEGINS = /^(?:[/\\~]|\.{1,2}(?:[/\\]|$)|\.[A-Za-z_]|[A-Za-z]:[/\\]|file:|\$\{?HOME\b|%\w+%)/i;
const ADDRESS = /^(?!file:)[A-Za-z][\w+.-]+:\/\//i;

/**
 * Every leaf that is named for a path or looks like one, what looks like a path in something to run, and keys that hold
 * one; each once for its argument. Text that only mentions a path is text.
 */
export function pathTexts(leaves: ReadonlyMap<string, string>): PathText[] {
  const fieldOf = fieldFinder();
  const found: PathText[] = [];
  for (const [pointer, value] of leaves) {
    const field = fieldOf(pointer);
    if (field.code) {
      for (const text of mentioned(value)) found.push({ pointer, text, whole: false });
    } else if ((field.path && !ADDRESS.test(value)) || looksLikePath(value)) {
      const option = /^--?[\w-]+=(.*)$/.exec(value)?.[1];
      if (fits(value)) found.push({ pointer, text: option ?? value, whole: true });
    }
    if (pointer.includes('~1')) {
      for (const step of pointer.split('/')) {
        const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
        if (step.includes('~1') && fits(key) && looksLikePath(key)) found.push({ pointer, text: key, whole: false });
      }
    }
  }
  return found;
}

const fits = (text: string) => text !== '' && text.length <= LONGEST && !text.includes('\n');

function looksLikePath(text: string): boolean {
  if (!fits(text) || ADDRESS.test(text)) return false;
  return BEGINS.test(text) || (/[/\\]/.test(text) && !/\s/.test(text)) || /^--?[\w-]+=.*[/\\]/.test(text);
}

function mentioned(value: string): Set<string> {
  const parts = value.slice(0, LONGEST_CODE).split(/[\s"'`;|&<>(){},=]+|\[|\]/);
  return new Set(parts.filter(looksLikePath));
}
