/** Reading JSON text token by token, without recursion and without changing it. */

/** A leaf or a key: where its token lies, and where it stands. */
export interface JsonToken {
  readonly kind: 'key' | 'string' | 'number' | 'other';
  readonly start: number;
  readonly end: number;
  /** The key it is the value of; null in arrays and at the top. A key's own is null. */
  readonly key: string | null;
  /** JSON pointer (RFC 6901) of the leaf, or of the member a key begins. */
  pointer(): string;
}

const SCALAR = /[^\s,:[\]{}"]+/y;

/**
 * Calls back for each key and leaf of well-formed JSON text, in order.
 * `rename` tells how a key is called in pointers. The text must have passed `JSON.parse`.
 */
export function readJson(text: string, rename: (key: string) => string, found: (token: JsonToken) => void): void {
  const path: (string | number)[] = [];
  let expectKey = false;
  const pointer = () => path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  const keys: (string | null)[] = [];
  const key = () => (typeof path.at(-1) === 'string' ? (keys.at(-1) ?? null) : null);
  let at = 0;
  while (at < text.length) {
    const letter = text.charAt(at);
    if (letter === '"') {
      const end = endOfString(text, at);
      if (expectKey) {
        const name = JSON.parse(text.slice(at, end)) as string;
        path[path.length - 1] = rename(name);
        keys[keys.length - 1] = name;
        found({ kind: 'key', start: at, end, key: null, pointer });
      } else found({ kind: 'string', start: at, end, key: key(), pointer });
      at = end;
      continue;
    }
    at += 1;
    switch (letter) {
      case '{':
        path.push('');
        keys.push(null);
        expectKey = true;
        break;
      case '[':
        path.push(0);
        keys.push(null);
        expectKey = false;
        break;
      case '}':
      case ']':
        path.pop();
        keys.pop();
        expectKey = false;
        break;
      case ':':
        expectKey = false;
        break;
      case ',': {
        const step = path.at(-1);
        if (typeof step === 'number') path[path.length - 1] = step + 1;
        else expectKey = true;
        break;
      }
      case ' ':
      case '\n':
      case '\r':
      case '\t':
        break;
      default: {
        SCALAR.lastIndex = at - 1;
        const end = at - 1 + (SCALAR.exec(text)?.[0].length ?? 1);
        const kind = letter === '-' || (letter >= '0' && letter <= '9') ? 'number' : 'other';
        found({ kind, start: at - 1, end, key: key(), pointer });
        at = end;
      }
    }
  }
}

/** Behind the quotation mark that ends the string at this one. A regular expression runs out of stack on some megabytes. */
function endOfString(text: string, start: number): number {
  for (let at = start; ; ) {
    at = text.indexOf('"', at + 1);
    if (at < 0) return text.length;
    let slashes = 0;
    while (text.charAt(at - 1 - slashes) === '\\') slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
}
