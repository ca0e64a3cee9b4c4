/** Pins: what a person decided about tools, sealed, one row a tool. */
import type { RecordDraft } from '../../contract/record.ts';
import type { ToolClass } from '../../contract/tool.ts';
import type { Definition } from '../../core/integrity/definition.ts';
import { readDefinition } from '../../core/integrity/definition.ts';
import type { ToolName } from '../../core/integrity/neighbours.ts';
import type { SealedRows } from '../audit/ports.ts';

/** The reviewed definition and its class; `held` means that a person took a review back. */
export interface PinBody {
  readonly server: string;
  readonly tool: string;
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
  /** Server → tool → pin. */
  readonly #pins = new Map<string, Map<string, Pin>>();

  constructor(rows: SealedRows) {
    this.#rows = rows;
    for (const { body } of rows.list<PinBody>('pin')) this.#keep(body);
  }

  get(server: string, tool: string): Pin | undefined {
    return this.#pins.get(server)?.get(tool);
  }

  of(server: string): readonly Pin[] {
    return [...(this.#pins.get(server)?.values() ?? [])];
  }

  /** Every pinned tool, as server and name. */
  names(): ToolName[] {
    return [...this.#pins].flatMap(([server, pins]) => [...pins.keys()].map((name) => ({ server, name })));
  }

  /** Whether a person has decided anything about this server's tools. */
  any(server: string): boolean {
    return this.#pins.has(server);
  }

  /** Records the draft and keeps the pin. Throws `Refused('AUDIT_UNAVAILABLE')`, and then nothing changed. */
  put(body: PinBody, draft: RecordDraft): void {
    this.#rows.put('pin', `${body.server}/${body.tool}`, body, draft);
    this.#keep(body);
  }

  #keep(body: PinBody): void {
    const read = readDefinition(new TextEncoder().encode(body.definition));
    // Sealed text that cannot be read came from a newer version, if at all: the tool counts as not reviewed.
    if (read === null) return;
    const pins = this.#pins.get(body.server) ?? new Map<string, Pin>();
    pins.set(body.tool, { ...body, read });
    this.#pins.set(body.server, pins);
  }
}
