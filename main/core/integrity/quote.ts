/** A span of a text as a person reads it: with a little of what stands around it. */

const AROUND = 48;
const FOUND = 240;

/** The span and its surroundings, cut between characters; `…` where something was left out. */
export function quoted(text: string, start: number, length: number): { before: string; found: string; after: string } {
  const end = start + length;
  const from = boundary(text, Math.max(0, start - AROUND));
  const to = boundary(text, Math.min(text.length, end + AROUND));
  const foundEnd = boundary(text, Math.min(end, start + FOUND));
  return {
    before: `${from > 0 ? '…' : ''}${text.slice(from, start)}`,
    found: `${text.slice(start, foundEnd)}${foundEnd < end ? '…' : ''}`,
    after: `${text.slice(end, to)}${to < text.length ? '…' : ''}`,
  };
}

/** The same place, or the one before it when it would part a surrogate pair. */
function boundary(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
