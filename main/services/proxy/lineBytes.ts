const LF = 0x0a;

/** The line with its separator 0x0A: the same bytes as they came, without a copy where the separator still stands behind them. */
export function withNewline(line: Uint8Array): Uint8Array {
  const end = line.byteOffset + line.byteLength;
  if (end < line.buffer.byteLength) {
    const longer = new Uint8Array(line.buffer, line.byteOffset, line.byteLength + 1);
    if (longer[line.byteLength] === LF) return longer;
  }
  const copy = new Uint8Array(line.byteLength + 1);
  copy.set(line);
  copy[line.byteLength] = LF;
  return copy;
}
