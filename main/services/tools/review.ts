/** One definition as a person reviews it: what is pinned against what the server sends now. */
import type { DefinitionReview, ToolFinding } from '../../contract/tool.ts';
import { proposeClass } from '../../core/gate/classify.ts';
import { checkDefinition } from '../../core/integrity/checks.ts';
import type { Definition } from '../../core/integrity/definition.ts';
import { changeMeaning } from '../../core/integrity/meaning.ts';
import type { NamingWord, Neighbours } from '../../core/integrity/neighbours.ts';
import { checkNeighbours, namingWords } from '../../core/integrity/neighbours.ts';
import type { About } from './about.ts';
import type { Pin } from './pin.ts';
import type { SeenDefinition } from './seen.ts';

/** What a review needs besides the definition itself. */
export interface Surroundings {
  readonly neighbours: Neighbours;
  readonly checked: Checked;
}

/** What is in definitions, each looked through once: lists of servers and replays ask again and again. */
export class Checked {
  readonly #findings = new WeakMap<Definition, readonly ToolFinding[]>();
  readonly #words = new WeakMap<Definition, readonly NamingWord[]>();

  of(definition: Definition): readonly ToolFinding[] {
    const known = this.#findings.get(definition);
    if (known) return known;
    const findings = checkDefinition(definition.node);
    this.#findings.set(definition, findings);
    return findings;
  }

  wordsOf(definition: Definition): readonly NamingWord[] {
    const known = this.#words.get(definition);
    if (known) return known;
    const words = namingWords(definition);
    this.#words.set(definition, words);
    return words;
  }
}

/** One that the server offers now. */
export function reviewSeen(
  about: About,
  seen: SeenDefinition,
  pin: Pin | undefined,
  surroundings: Surroundings,
): DefinitionReview {
  const reviewed = pin !== undefined && !pin.held ? pin : undefined;
  const same = reviewed?.digest === seen.digest;
  return {
    ...assess(about, seen.read, surroundings),
    state: reviewed === undefined ? 'new' : same ? 'accepted' : 'changed',
    digest: seen.digest,
    definition: seen.text,
    pinned: reviewed === undefined || same ? null : reviewed.definition,
    class: reviewed?.class ?? null,
    meaning: reviewed === undefined || same ? [] : meaningOf(about, reviewed.read, seen.read, surroundings),
  };
}

/** One that is pinned and not offered now; before the server was seen since the start, its pin is all there is. */
export function reviewPinned(pin: Pin, seenServer: boolean, surroundings: Surroundings): DefinitionReview {
  return {
    ...assess(pin, pin.read, surroundings),
    state: seenServer ? 'gone' : pin.held ? 'new' : 'accepted',
    digest: pin.digest,
    definition: pin.definition,
    pinned: null,
    class: pin.held ? null : pin.class,
    meaning: [],
  };
}

function meaningOf({ kind }: About, before: Definition, after: Definition, { checked }: Surroundings): string[] {
  const at = (definition: Definition, pointer: string) =>
    checked.of(definition).filter((finding) => finding.pointer === pointer).length;
  const found = (pointer: string) => at(after, pointer) - at(before, pointer);
  return changeMeaning({ kind, before: before.value, after: after.value, found });
}

function assess(about: About, definition: Definition, { neighbours, checked }: Surroundings) {
  const { kind, server, name } = about;
  const findings = [...checked.of(definition), ...checkNeighbours(about, checked.wordsOf(definition), neighbours)];
  const suspect = findings.some(({ id }) => id !== 'same-name');
  const proposal = kind === 'tool' ? proposed(definition) : { class: 'read-sensitive' as const, reasons: [] };
  const stands = suspect ? ['Something in its definition stands out.'] : [];
  return {
    server,
    kind,
    name,
    // Whoever accepts what is proposed must not let run unasked what tries to pass for something else.
    proposed: suspect && kind === 'tool' ? ('external' as const) : proposal.class,
    reasons: [...stands, ...proposal.reasons],
    findings,
  };
}

function proposed({ name, fields: { annotations, inputSchema } }: Definition) {
  return proposeClass({ name, annotations, inputSchema });
}
