/** The name that begins most like a word, given that at least two letters agree; null when none does. */
export function nearest<Name extends string>(word: string, names: readonly Name[]): Name | null {
  let best: Name | null = null;
  let most = 1;
  for (const name of names) {
    const shared = sharedStart(word, name);
    if (shared <= most) continue;
    most = shared;
    best = name;
  }
  return best;
}

function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}
