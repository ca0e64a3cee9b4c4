/** Finding and counting over blocks, against walking through all records. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BlockSearch } from './blockSearch.ts';
import { BLOCK, PlaceSet } from './placeSet.ts';
import type { Run } from './segments.ts';
import type { TermSource } from './termPlaces.ts';
import { type TermQuery, word } from './termQuery.ts';

const SIZE = 3 * BLOCK + 1000;
/** How often each term occurs: in every second record, in every 40th, and hardly ever. */
const EVERY: Readonly<Record<string, number>> = { '"common"': 2, '"often"': 40, '"rare"': 20_011, '"never"': SIZE + 1 };
const has = (term: string, seq: number) => (seq + 1) % (EVERY[term] ?? 1) === 0;
const all = Array.from({ length: SIZE }, (_, seq) => seq);

/** Terms by arithmetic; sets are kept of the common one, but for the newest, incomplete block. */
const source: TermSource = {
  kept: (term, block) =>
    term === '"common"' && (block + 1) * BLOCK <= SIZE
      ? PlaceSet.of(all.slice(block * BLOCK, (block + 1) * BLOCK).filter((seq) => has(term, seq)))
      : null,
  newest(term, first, end, limit) {
    const seqs: number[] = [];
    for (let seq = Math.min(end, SIZE) - 1; seq >= first && seqs.length < limit; seq -= 1)
      if (has(term, seq)) seqs.push(seq);
    return seqs;
  },
};

const [common, often, rare, never] = ['common', 'often', 'rare', 'never'].map(word) as [
  TermQuery,
  TermQuery,
  TermQuery,
  TermQuery,
];
const queries: readonly TermQuery[] = [
  common,
  rare,
  never,
  { all: [common, often], not: [] },
  { all: [often, never], not: [] },
  { all: [], not: [common, often] },
  { all: [common], not: [{ any: [often, rare] }] },
  { any: [rare, often, never] },
];

function fits(query: TermQuery, seq: number): boolean {
  if ('term' in query) return has(query.term, seq);
  if ('any' in query) return query.any.some((one) => fits(one, seq));
  return query.all.every((one) => fits(one, seq)) && !query.not.some((one) => fits(one, seq));
}

function searchOf(indexed: Run): BlockSearch {
  const search = new BlockSearch(source);
  search.covers(indexed);
  return search;
}

const place = fc.integer({ min: 0, max: SIZE });
/** Two runs, the newest first, as after a clock that was set back. */
const runs = fc.uniqueArray(place, { minLength: 4, maxLength: 4 }).map((places): [Run, Run] => {
  const [a = 0, b = 0, c = 0, d = 0] = places.toSorted((one, other) => one - other);
  return [
    { first: c, end: d },
    { first: a, end: b },
  ];
});

test('pages, the oldest and counts are those of walking through everything', () => {
  const search = searchOf({ first: 0, end: SIZE });
  fc.assert(
    fc.property(
      fc.constantFrom(...queries),
      runs,
      place,
      fc.integer({ min: 1, max: 60 }),
      fc.nat(30_000),
      (query, within, at, limit, skip) => {
        const inRuns = within.flatMap(({ first, end }) => all.slice(first, end).toReversed());
        const matching = inRuns.filter((seq) => fits(query, seq));
        const below = matching.filter((seq) => seq < at);
        expect(search.find(query, within, at, limit, skip)).toEqual(below.slice(skip, skip + limit));
        expect(search.count(query, within)).toBe(matching.length);
        const oldest = matching.toReversed().filter((seq) => seq >= at);
        expect(search.findOldest(query, within.toReversed(), at, limit)).toEqual(oldest.slice(0, limit));
      },
    ),
    { numRuns: 60 },
  );
});

test('what the index does not have yet is left out, and found once it has', () => {
  const search = searchOf({ first: BLOCK, end: SIZE - 5 });
  const whole = [{ first: 0, end: SIZE }];
  expect(search.count(common, whole)).toBe((SIZE - 6 - BLOCK) / 2);
  search.covers({ first: 0, end: SIZE });
  expect(search.count(common, whole)).toBe(SIZE / 2);
  expect(search.find(common, whole, SIZE, 2)).toEqual([SIZE - 1, SIZE - 3]);
});
