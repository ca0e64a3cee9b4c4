import type { Refusal } from '../../contract/errors.ts';
import type { ToolClass } from '../../contract/tool.ts';
import type { RecordRef } from '../audit/ports.ts';

/** A request that went out in one direction and has no answer yet. */
export interface Flight {
  readonly id: string | number;
  /** The id's exact JSON text, for answering. */
  readonly idJson: string;
  readonly method: string;
  readonly startedAt: number;
  /** Set for what is recorded: the intent that an outcome has to follow. */
  intent?: { readonly ref: RecordRef; readonly call: string } | undefined;
  tool?: string;
  /** Decides how durable its records have to be. */
  class?: ToolClass;
  /** Aborted by the client's cancellation, the end of the session, or the server's exit. */
  readonly abort: AbortController;
  /** A kill switch ended it: it was answered and recorded with this, and nothing more follows. */
  stopped?: Refusal;
  /** The request is of revision 2026-07-28: its `_meta` says so. */
  readonly modern: boolean;
  /** Whether the bytes have left for the server. */
  sent: boolean;
  /** Set once the answer is there and its outcome is on its way to the disk: nothing else can answer any more. */
  settling?: Promise<void>;
  /** Stops the clock that waits for the answer. */
  stopWaiting?: () => void;
  /** Where the answer goes: straight to the client, or into its batch; null when there will be none. */
  deliver(line: Uint8Array | null): void;
}

/** Requests in flight by (connection, direction, id): an id in use cannot be used again (PROTOCOL.md rule 6). */
export class InFlight {
  readonly #flights = new Map<string | number, Flight>();
  /** Cancelled after they were sent: an answer may still come, and must not be taken for another request's. */
  readonly #cancelled = new Set<string | number>();

  has(id: string | number): boolean {
    return this.#flights.has(id) || this.#cancelled.has(id);
  }
  get(id: string | number): Flight | undefined {
    return this.#flights.get(id);
  }
  add(flight: Flight): void {
    this.#flights.set(flight.id, flight);
  }
  /** Takes the request out, unless another of the same id took its place. */
  remove(flight: Flight): boolean {
    if (this.#flights.get(flight.id) !== flight) return false;
    flight.stopWaiting?.();
    return this.#flights.delete(flight.id);
  }
  /** Takes a cancelled request out; its id stays taken until the late answer comes. */
  cancel(flight: Flight): void {
    if (this.remove(flight) && flight.sent) this.#cancelled.add(flight.id);
  }
  /** True when this answers a cancelled request; the id is free again. */
  lateAnswer(id: string | number): boolean {
    return this.#cancelled.delete(id);
  }
  all(): Flight[] {
    return [...this.#flights.values()];
  }
}
