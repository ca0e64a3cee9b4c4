/** Pins: what a person decided about what a server says of itself, sealed, one row a definition. */
import type { RecordDraft } from '../../contract/record.ts';
import type { DefinitionKind, ToolClass } from '../../contract/tool.ts';
import { DEFINITION_KINDS } from '../../contract/tool.ts';
import type { Definition } from '../../core/integrity/definition.ts';
import { readDefinition } from '../../core/integrity/definition.ts';
import type { SealedRows } from '../audit/ports.ts';
import { type About, keyOf } from './about.ts';

/** The reviewed definition and, of a tool, its class; `held` means that a person took a review back. */
export interface PinBody extends About {
  readonly held: boolean;
  readonly digest: string;
  readonly class: ToolClass;
  /** The definition's JSON text as it was reviewed. */
  readonly definition: string;
}

export interface Pin extends PinBody {
  /** The definition, read again from its text. */
  readonly read: Definition;
}

/** All pins, read from their rows once and kept: a call must not wait for them. */
export class Pins {
  readonly #rows: SealedRows;
  /** Server → key → pin. */
  readonly #pins = new Map<string, Map<string, Pin>>();

  constructor(rows: SealedRows) {
    this.#rows = rows;
    for (const { body } of rows.list<PinBody>('pin')) this.#keep(body);
  }

  get(server: string, kind: DefinitionKind, name: string): Pin | undefined {
    return this.#pins.get(server)?.get(keyOf({ server, kind, name }));
  }

  of(server: string, kind: DefinitionKind): readonly Pin[] {
    return [...(this.#pins.get(server)?.values() ?? [])].filter((pin) => pin.kind === kind);
  }

  all(): Pin[] {
    return [...this.#pins.values()].flatMap((pins) => [...pins.values()]);
  }

  /** Whether a person has decided anything about what this server says. */
  any(server: string): boolean {
    return this.#pins.has(server);
  }

  /** Records the draft and keeps the pin. Throws `Refused('AUDIT_UNAVAILABLE')`, and then nothing changed. */
  put(body: PinBody, draft: RecordDraft): void {
    this.#rows.put('pin', keyOf(body), body, draft);
    this.#keep(body);
  }

  #keep(body: PinBody): void {
    // Sealed text that cannot be read came from another version, if at all: it counts as not reviewed.
    if (!DEFINITION_KINDS.includes(body.kind)) return;
    const read = readDefinition(body.kind, new TextEncoder().encode(body.definition));
    if (read === null) return;
    const pins = this.#pins.get(body.server) ?? new Map<string, Pin>();
    pins.set(keyOf(body), { ...body, read });
    this.#pins.set(body.server, pins);
  }
}
