/** A line with other bytes in some places of it, and every other byte as it was. */
import type { Span } from './members.ts';

export interface Patch extends Span {
  readonly bytes: Uint8Array;
}

/** The line with each span replaced; the spans do not overlap. Without patches the same array comes back. */
export function patch(line: Uint8Array, patches: readonly Patch[]): Uint8Array {
  if (patches.length === 0) return line;
  const inOrder = [...patches].sort((one, other) => one.start - other.start);
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const { start, end, bytes } of inOrder) {
    parts.push(line.subarray(from, start), bytes);
    from = end;
  }
  parts.push(line.subarray(from));
  const patched = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    patched.set(part, at);
    at += part.length;
  }
  return patched;
}
