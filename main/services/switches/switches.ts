/** What a person switched off at once: everything, a tool, a family, a client program, a session (PRODUCT.md C2). */
import { type Refusal, Refused, refusal } from '../../contract/errors.ts';
import { type Killed, type SwitchScope, scopeWords, switchScope } from '../../contract/switch.ts';
import { visible } from '../../core/gate/shown.ts';
import { canonicalJson } from '../../core/ledger/canonical.ts';
import type { SealedRows } from '../audit/ports.ts';
import type { Clock } from '../clock.ts';
import type { Switched, Switches } from './ports.ts';

/** Sealed next to the switches of servers (services/launch/serversConfig.ts), whose keys are names and have no colon. */
const KIND = 'switch';
const PREFIX = 'kill:';

type Body = Killed;
/** The families a tool is in. */
type FamiliesOf = (server: string, tool: string) => readonly string[];

export class KillSwitches implements Switches {
  readonly #rows: SealedRows;
  readonly #clock: Clock;
  readonly #familiesOf: FamiliesOf;
  readonly #off = new Map<string, Killed>();
  readonly #listeners = new Set<(killed: SwitchScope | null) => void>();

  /** A row that was lost or altered counts as off: nobody knows that a person switched it on. */
  constructor(rows: SealedRows, clock: Clock, familiesOf: FamiliesOf) {
    this.#rows = rows;
    this.#clock = clock;
    this.#familiesOf = familiesOf;
    for (const { key, body } of rows.list<Body>(KIND)) if (key.startsWith(PREFIX)) this.#off.set(key, body);
    for (const { kind, key } of rows.voids()) {
      const scope = kind === KIND ? scopeOf(key) : null;
      if (scope !== null && !this.#off.has(key)) this.#off.set(key, { scope, at: clock.now(), person: null });
    }
  }

  stops(what: Switched): Refusal | null {
    for (const { scope } of this.#off.values())
      if (this.covers(scope, what)) return refusal('SWITCHED_OFF', visible(scopeWords(scope)));
    return null;
  }

  /** Newest first. */
  list(): Killed[] {
    return [...this.#off.values()].reverse();
  }

  has(scope: SwitchScope): boolean {
    return this.#off.has(keyOf(scope));
  }

  /** Off from here on, even when it cannot be recorded: then it throws `Refused('AUDIT_UNAVAILABLE')` all the same. */
  kill(scope: SwitchScope, by: { person: string; via: string }): void {
    const key = keyOf(scope);
    const body: Killed = { scope, at: this.#clock.now(), person: by.person };
    this.#off.set(key, body);
    try {
      this.#rows.put<Body>(KIND, key, body, { type: 'switch', event: 'killed', ...by, detail: facts(scope) });
    } finally {
      this.#tell(scope);
    }
  }

  /** On again. Throws `Refused('NOT_FOUND')` when it is not off, and `AUDIT_UNAVAILABLE`; then it stays off. */
  revive(scope: SwitchScope, by: { person: string; via: string }): void {
    const key = keyOf(scope);
    if (!this.#off.has(key)) throw new Refused('NOT_FOUND', visible(scopeWords(scope)));
    this.#rows.remove(KIND, key, { type: 'switch', event: 'revived', ...by, detail: facts(scope) });
    this.#off.delete(key);
    this.#tell(null);
  }

  /** Calls back with what was switched off, or with null when something was switched on. */
  onChange(listener: (killed: SwitchScope | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether a switch of this scope covers it. */
  covers(scope: SwitchScope, what: Switched): boolean {
    switch (scope.kind) {
      case 'all':
        return true;
      case 'tool':
        return scope.server === what.server && scope.tool === what.tool;
      case 'family':
        return what.tool !== null && this.#familiesOf(what.server, what.tool).includes(scope.family);
      case 'client':
        return scope.program === what.program;
      case 'session':
        return scope.session === what.session;
    }
  }

  #tell(killed: SwitchScope | null): void {
    for (const listener of [...this.#listeners]) listener(killed);
  }
}

/** The parts of a scope for the record, apart from the record's own server: that would be a switch of the server. */
function facts({ kind, ...rest }: SwitchScope): Record<string, string> {
  return { scope: kind, ...rest };
}

const keyOf = (scope: SwitchScope): string => `${PREFIX}${canonicalJson(scope)}`;

function scopeOf(key: string): SwitchScope | null {
  if (!key.startsWith(PREFIX)) return null;
  try {
    return switchScope.parse(JSON.parse(key.slice(PREFIX.length)));
  } catch {
    // Not one of ours, or of a newer version: then at least everything it could mean is off.
    return { kind: 'all' };
  }
}
