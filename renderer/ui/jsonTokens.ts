/** The tokens of a JSON text as they were written, without the space between them. */

/** What stands between two strings: a sign, or a literal. */
const OTHER = /[{}[\],:]|[^\s{}[\],:"]+|\s+/gy;

/** Text that is no JSON gives tokens too; an unended string goes on to the end. */
export function* jsonTokens(json: string): Generator<string> {
  for (let at = 0; at < json.length; ) {
    const start = at;
    if (json[at] === '"') {
      at = endOfString(json, at);
      yield json.slice(start, at);
      continue;
    }
    OTHER.lastIndex = at;
    const token = OTHER.exec(json)?.[0] ?? json.slice(at, at + 1);
    at += token.length;
    if (token.trim() !== '') yield token;
  }
}

/** Behind the quotation mark that ends the string. A regular expression runs out of stack on some megabytes. */
function endOfString(json: string, start: number): number {
  for (let at = start; ; ) {
    at = json.indexOf('"', at + 1);
    if (at < 0) return json.length;
    let slashes = 0;
    while (json[at - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
}
