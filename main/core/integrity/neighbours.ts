/** What a definition has to do with the tools beside it: names that pass for one another, and references across servers. */
import type { ToolFinding } from '../../contract/tool.ts';
import { foldText } from './fold.ts';
import { quoted } from './quote.ts';

export interface ToolName {
  readonly server: string;
  readonly name: string;
}

/** Shorter names are everyday words. */
const REFERENCE_LETTERS = 6;

/** A name as a person in a hurry reads it: folded, without separators, l, I and 1 and O and 0 as one. */
export function glance(name: string): string {
  return foldText(name)
    .replace(/[\s_.\-/:]/g, '')
    .replace(/[1|]/g, 'l')
    .replace(/0/g, 'o')
    .replace(/rn/g, 'm')
    .replace(/i/g, 'l');
}

/** Every tool of the catalogue, to be found by its name and by what passes for it. */
export class Neighbours {
  readonly #byName: ReadonlyMap<string, readonly ToolName[]>;
  readonly #byGlance: ReadonlyMap<string, readonly ToolName[]>;

  constructor(tools: readonly ToolName[]) {
    this.#byName = Map.groupBy(tools, ({ name }) => name);
    this.#byGlance = Map.groupBy(tools, ({ name }) => glance(name));
  }

  named(name: string): readonly ToolName[] {
    return this.#byName.get(name) ?? [];
  }

  /** Those with another name that a person takes for this one. */
  passingFor(name: string): readonly ToolName[] {
    return (this.#byGlance.get(glance(name)) ?? []).filter((other) => other.name !== name);
  }
}

/** Findings about the name of `tool`, and about names of other servers' tools in its `description`; it may be a neighbour itself. */
export function checkNeighbours(tool: ToolName, description: string | null, neighbours: Neighbours): ToolFinding[] {
  const elsewhere = ({ server }: ToolName) => server !== tool.server;
  const names = [
    ...neighbours
      .named(tool.name)
      .filter(elsewhere)
      .map((other) => about('same-name', `Another server has it too: ${whose(other)}.`)),
    ...neighbours.passingFor(tool.name).map((other) => about('look-alike', `This name passes for ${whose(other)}.`)),
  ];
  const text = description ?? '';
  const words = new Map([...text.matchAll(WORD)].reverse().map(({ 0: word, index }) => [word, index]));
  const references = [...words]
    .filter(([word]) => word !== tool.name && distinctive(word))
    .flatMap(([word, start]) =>
      neighbours
        .named(word)
        .filter(elsewhere)
        .map((other) =>
          finding('names-other-tool', '/description', `This text names ${whose(other)}.`, text, start, word.length),
        ),
    );
  return [...names, ...references];

  function about(id: string, message: string): ToolFinding {
    return finding(id, '/name', message, tool.name, 0, tool.name.length);
  }

  function whose({ server, name }: ToolName): string {
    return server === tool.server ? `“${name}” of this server` : `“${name}” of ${server}`;
  }
}

const WORD = /[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?/gu;

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
