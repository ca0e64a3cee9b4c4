/** Shannon entropy of a text in bits per code unit: about 3.5 and more for random tokens, less for words. */
export function entropy(text: string): number {
  // Tokens are ASCII, and a text can have one that is none at each of its places.
  const ascii = new Uint32Array(128);
  const others = new Map<number, number>();
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 128) ascii[unit] = (ascii[unit] ?? 0) + 1;
    else others.set(unit, (others.get(unit) ?? 0) + 1);
  }
  let bits = 0;
  const add = (count: number) => {
    if (count > 0) bits -= (count / text.length) * Math.log2(count / text.length);
  };
  ascii.forEach(add);
  others.forEach(add);
  return bits;
}
