/** Which texts of a call's arguments may be paths. What only might be one counts: looking at it costs little. */
import { fieldFinder } from './fields.ts';

export interface PathText {
  /** JSON pointer of the argument it stands in. */
  readonly pointer: string;
  readonly text: string;
  /** Whether the argument is the path, and not something that mentions it. */
  readonly whole: boolean;
  /** Whether other paths of the call may be meant relative to it. */
  readonly folder: boolean;
}

/** PATH_MAX on Linux. */
const LONGEST = 4096;
/** A program longer than this is not searched for paths. */
const LONGEST_CODE = 65_536;

const BEGINS = /^(?:[/\\~]|\.{1,2}(?:[/\\]|$)|\.[A-Za-z_]|[A-Za-z]:[/\\]|file:|\$\{?HOME\b|%\w+%)/i;
const ADDRESS = /^(?!file:)[A-Za-z][\w+.-]+:\/\//i;
/** An address without a host, such as `sqlite:////srv/a.db`: what stands behind it is a place of this machine. */
const HOSTLESS = /^\s*(?!file:)[A-Za-z][\w+.-]+:\/\/(\/[^?#]*[^?#\s])/i;
const OPTION = /^--?[\w-]+=(.*)$/;

/**
 * Every leaf that is named for a path or looks like one, what looks like a path in something to run, and keys that hold
 * one; each once for its argument. Text that only mentions a path is text.
 */
export function pathTexts(leaves: ReadonlyMap<string, string>): PathText[] {
  const fieldOf = fieldFinder();
  const found: PathText[] = [];
  for (const [pointer, value] of leaves) {
    const { code, path, folder } = fieldOf(pointer);
    const texts = code ? mentioned(value) : readings(value, path);
    const whole = !code && texts.size === 1 && !HOSTLESS.test(value);
    for (const text of texts) found.push({ pointer, text, whole, folder: whole && folder });
    if (pointer.includes('~1')) {
      for (const step of pointer.split('/')) {
        const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
        if (step.includes('~1') && looksLikePath(key)) found.push({ pointer, text: key, whole: false, folder: false });
      }
    }
  }
  return found;
}

/** The paths that programs may take a value for: some take blanks around it away, some decode what stands in an address. */
function readings(value: string, named: boolean): Set<string> {
  const behind = HOSTLESS.exec(value)?.[1];
  const texts = behind === undefined ? [value, value.trim()] : [behind, decoded(behind)];
  const paths = texts.filter((text) => (named && fits(text) && !ADDRESS.test(text)) || looksLikePath(text));
  return new Set(paths.map((text) => OPTION.exec(text)?.[1] ?? text));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
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
