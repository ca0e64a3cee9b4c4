/** Free-form output (a server's stderr) as lines of text. */

/** A line longer than this is ended here, and what follows up to its end is dropped. */
const MOST_CHARACTERS = 64 << 10;

/** Gives each line without its end; bytes that are not UTF-8 become U+FFFD. `end` gives what is left without one. */
export function textLines(line: (text: string) => void): { push(chunk: Uint8Array): void; end(): void } {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let rest = '';
  let dropping = false;

  const take = (text: string) => {
    const pieces = (rest + text).split('\n');
    rest = pieces.pop() ?? '';
    for (const piece of pieces) {
      if (!dropping) line(piece.endsWith('\r') ? piece.slice(0, -1) : piece);
      dropping = false;
    }
    if (rest.length <= MOST_CHARACTERS) return;
    if (!dropping) line(rest);
    dropping = true;
    rest = '';
  };

  return {
    push: (chunk) => take(decoder.decode(chunk, { stream: true })),
    end() {
      take(decoder.decode());
      if (rest !== '' && !dropping) line(rest);
      rest = '';
    },
  };
}
