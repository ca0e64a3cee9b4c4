/** For which answers a person wants to prove themselves, beyond what always needs it. */
import { STRICTNESS, type Strictness } from '../../contract/personProof.ts';
import type { Actor } from '../actor.ts';
import type { SealedRows } from '../audit/ports.ts';

const KIND = 'setting';
const KEY = 'proof';

/** A sealed row. One that was lost or altered counts as the strictest: it could have been any. */
export class ProofStrictness {
  readonly #rows: SealedRows;

  constructor(rows: SealedRows) {
    this.#rows = rows;
  }

  now(): Strictness {
    const row = this.#rows.get<{ strictness: Strictness }>(KIND, KEY);
    if (row) return row.body.strictness;
    return this.#rows.voids().some(({ kind, key }) => kind === KIND && key === KEY) ? 'all' : 'external';
  }

  /** Whether `to` asks for less than now. */
  loosens(to: Strictness): boolean {
    return STRICTNESS.indexOf(to) < STRICTNESS.indexOf(this.now());
  }

  set(strictness: Strictness, by: Actor): void {
    const detail = { strictness, was: this.now() };
    this.#rows.put(KIND, KEY, { strictness }, { type: 'passcode', event: 'strictness', ...by, detail });
  }
}
