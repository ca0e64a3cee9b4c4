/** Intents that have no outcome yet. */
export class OpenIntents {
  readonly #calls = new Map<string, number[]>();

  /** Follows a record: an intent opens its call, an outcome closes it. Each leg of a call has an intent of its own. */
  saw(record: { readonly type: string; readonly call?: string | null | undefined }, seq: number): void {
    const { type, call } = record;
    if (call === undefined || call === null) return;
    if (type === 'intent') this.#calls.set(call, [...(this.#calls.get(call) ?? []), seq]);
    if (type !== 'outcome') return;
    const rest = this.#calls.get(call)?.slice(1) ?? [];
    if (rest.length > 0) this.#calls.set(call, rest);
    else this.#calls.delete(call);
  }

  /** Their sequences, oldest first. */
  list(): number[] {
    return [...this.#calls.values()].flat().sort((a, b) => a - b);
  }

  /** The oldest, or `size` when there is none. */
  from(size: number): number {
    let from = size;
    for (const seqs of this.#calls.values()) from = Math.min(from, ...seqs);
    return from;
  }
}
