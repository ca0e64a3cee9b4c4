/** The items whose label has all the typed letters in order, those with whole words first. */
export function matching<Item extends { readonly label: string }>(items: readonly Item[], words: string): Item[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return [...items];
  return items
    .map((item) => ({ item, rank: rank(item.label.toLowerCase(), wanted) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ item }) => item);
}

/** 3 starts with it, 2 contains it, 1 has its letters in order, 0 has not. */
function rank(label: string, wanted: string): number {
  if (label.startsWith(wanted)) return 3;
  if (label.includes(wanted)) return 2;
  let at = 0;
  for (const letter of wanted) {
    at = label.indexOf(letter, at) + 1;
    if (at === 0) return 0;
  }
  return 1;
}
