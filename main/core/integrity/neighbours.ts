/** What a definition has to do with those beside it: names that pass for one another, and references across servers. */
import type { DefinitionKind, ToolFinding } from '../../contract/tool.ts';
import type { Definition } from './definition.ts';
import { foldText } from './fold.ts';
import { quoted } from './quote.ts';
import { pointerOf, textsOf } from './texts.ts';

/** One of the catalogue. */
export interface Neighbour {
  readonly server: string;
  readonly kind: DefinitionKind;
  readonly name: string;
}

/** Kinds whose names a model or a person picks from a list of many servers. */
const PICKED: ReadonlySet<DefinitionKind> = new Set(['tool', 'prompt']);
/** Shorter names are everyday words. */
const REFERENCE_LETTERS = 6;
/** Of things called alike so many are named. */
const MOST_NAMED = 20;

/** A name as a person in a hurry reads it: folded, without separators, l, I and 1 and O and 0 as one. */
export function glance(name: string): string {
  return foldText(name)
    .replace(/[\s_.\-/:]/g, '')
    .replace(/[1|]/g, 'l')
    .replace(/0/g, 'o')
    .replace(/rn/g, 'm')
    .replace(/i/g, 'l');
}

/** The whole catalogue, to be found by name and by what passes for it. */
export class Neighbours {
  readonly #byName: ReadonlyMap<string, readonly Neighbour[]>;
  readonly #byGlance: ReadonlyMap<string, readonly Neighbour[]>;

  constructor(all: readonly Neighbour[]) {
    const picked = all.filter(({ kind }) => PICKED.has(kind));
    this.#byName = Map.groupBy(picked, ({ kind, name }) => `${kind} ${name}`);
    this.#byGlance = Map.groupBy(picked, ({ kind, name }) => `${kind} ${glance(name)}`);
  }

  named(kind: DefinitionKind, name: string): readonly Neighbour[] {
    return this.#byName.get(`${kind} ${name}`) ?? [];
  }

  /** Those with another name that a person takes for this one. */
  passingFor(kind: DefinitionKind, name: string): readonly Neighbour[] {
    return (this.#byGlance.get(`${kind} ${glance(name)}`) ?? []).filter((other) => other.name !== name);
  }
}

/** A word of a definition that prose does not hold by chance, the first time that it stands in this text. */
export interface NamingWord {
  readonly word: string;
  readonly text: string;
  readonly start: number;
  /** JSON pointer of the text. */
  readonly pointer: string;
}

const WORD = /[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?/gu;

/** The words of a definition that could be names of tools, wherever they stand in it but in its own name. */
export function namingWords({ node }: Pick<Definition, 'node'>): NamingWord[] {
  return [...textsOf(node)]
    .filter(({ of, keys }) => of === 'value' && !(keys.length === 1 && keys[0] === 'name'))
    .flatMap(({ text, keys }) => {
      const first = new Map([...text.matchAll(WORD)].reverse().map(({ 0: word, index }) => [word, index]));
      const names = [...first].filter(([word]) => distinctive(word));
      const pointer = names.length === 0 ? '' : pointerOf(keys);
      return names.map(([word, start]) => ({ word, text, start, pointer }));
    });
}

/**
 * Findings about the name of a definition, and about names of other servers' tools among its words; a name that its own
 * server has as well is its own. It may be a neighbour itself.
 */
export function checkNeighbours(
  { server, kind, name }: Neighbour,
  words: readonly NamingWord[],
  neighbours: Neighbours,
): ToolFinding[] {
  // A server can call a thousand things alike, and each of them would name all the others.
  const some = (others: readonly Neighbour[]) => others.slice(0, MOST_NAMED);
  const elsewhere = (other: Neighbour) => other.server !== server;
  const names = [
    ...some(neighbours.named(kind, name).filter(elsewhere)).map((other) =>
      about('same-name', `Another server has it too: ${whose(other)}.`),
    ),
    ...some(neighbours.passingFor(kind, name)).map((other) =>
      about('look-alike', `This name passes for ${whose(other)}.`),
    ),
  ];
  return [...names, ...words.flatMap(namedBy)];

  function namedBy({ word, text, start, pointer }: NamingWord): ToolFinding[] {
    const all = neighbours.named('tool', word);
    if (word === name || !all.every(elsewhere)) return [];
    return some(all).map((other) =>
      finding('names-other-tool', pointer, `This text names ${whose(other)}.`, text, start, word.length),
    );
  }

  function about(id: string, message: string): ToolFinding {
    return finding(id, '/name', message, name, 0, name.length);
  }

  function whose(other: Neighbour): string {
    return other.server === server ? `“${other.name}” of this server` : `“${other.name}” of ${other.server}`;
  }
}

function finding(
  id: string,
  pointer: string,
  message: string,
  text: string,
  start: number,
  length: number,
): ToolFinding {
  return { id, pointer, message, span: { of: 'value', start, length }, quote: quoted(text, start, length) };
}

/** Whether a name is one that prose does not hold by chance. */
function distinctive(name: string): boolean {
  return name.length >= REFERENCE_LETTERS && /[_-]|[a-z][A-Z]/.test(name);
}
