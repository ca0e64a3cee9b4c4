/** One tool as a person reviews it: what is pinned against what the server sends now. */
import type { ToolFinding, ToolReview } from '../../contract/tool.ts';
import { proposeClass } from '../../core/gate/classify.ts';
import { checkDefinition } from '../../core/integrity/checks.ts';
import type { Definition } from '../../core/integrity/definition.ts';
import type { Neighbours } from '../../core/integrity/neighbours.ts';
import { checkNeighbours } from '../../core/integrity/neighbours.ts';
import type { Pin } from './pin.ts';
import type { SeenDefinition } from './seen.ts';

/** What a review needs besides the definition itself. */
export interface Surroundings {
  readonly neighbours: Neighbours;
  readonly checked: Checked;
}

/** The findings of definitions, each looked for once: lists of servers and replays ask again and again. */
export class Checked {
  readonly #findings = new WeakMap<Definition, readonly ToolFinding[]>();

  of(definition: Definition): readonly ToolFinding[] {
    const known = this.#findings.get(definition);
    if (known) return known;
    const findings = checkDefinition(definition.node);
    this.#findings.set(definition, findings);
    return findings;
  }
}

/** A tool the server offers now. */
export function reviewSeen(
  server: string,
  seen: SeenDefinition,
  pin: Pin | undefined,
  surroundings: Surroundings,
): ToolReview {
  const reviewed = pin !== undefined && !pin.held ? pin : undefined;
  const same = reviewed?.digest === seen.digest;
  return {
    ...assess(server, seen.read, surroundings),
    state: reviewed === undefined ? 'new' : same ? 'accepted' : 'changed',
    digest: seen.digest,
    definition: seen.text,
    pinned: reviewed === undefined || same ? null : reviewed.definition,
    class: reviewed?.class ?? null,
  };
}

/** A tool that is pinned and not offered now; before the server was seen since the start, its pin is all there is. */
export function reviewPinned(pin: Pin, seenServer: boolean, surroundings: Surroundings): ToolReview {
  return {
    ...assess(pin.server, pin.read, surroundings),
    state: seenServer ? 'gone' : pin.held ? 'new' : 'accepted',
    digest: pin.digest,
    definition: pin.definition,
    pinned: null,
    class: pin.held ? null : pin.class,
  };
}

function assess(server: string, definition: Definition, { neighbours, checked }: Surroundings) {
  const { name, value } = definition;
  const { annotations, inputSchema, description } = value;
  const words = typeof description === 'string' ? description : null;
  const findings = [...checked.of(definition), ...checkNeighbours({ server, name }, words, neighbours)];
  const proposal = proposeClass({ name, annotations, inputSchema });
  const suspect = findings.some(({ id }) => id !== 'same-name');
  return {
    server,
    name,
    // Whoever accepts what is proposed must not let run unasked what tries to pass for something else.
    proposed: suspect ? ('external' as const) : proposal.class,
    reasons: suspect ? ['Something in its definition stands out.', ...proposal.reasons] : [...proposal.reasons],
    findings,
  };
}
