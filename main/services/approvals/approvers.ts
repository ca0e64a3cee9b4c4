/** Other people's devices: whose countersignature counts here as a second person's (SECURITY.md rule 3). */
import { Refused } from '../../contract/errors.ts';
import type { RecordDraft } from '../../contract/record.ts';
import type { Approver, Device } from '../../contract/second.ts';
import type { Actor, KnownActor } from '../actor.ts';
import type { SealedRows } from '../audit/ports.ts';
import type { Clock } from '../clock.ts';
import type { Signatures } from './ports.ts';

const KIND = 'approver';

export interface ApproverDeps {
  readonly rows: SealedRows;
  readonly clock: Clock;
  readonly signatures: Signatures;
  /** This device, which is never a second person. */
  readonly self: Device;
}

/** The enrolled devices, each a sealed row under its fingerprint. */
export class ApproverBook {
  readonly #deps: ApproverDeps;
  readonly #listeners = new Set<() => void>();

  constructor(deps: ApproverDeps) {
    this.#deps = deps;
  }

  get self(): Device {
    return this.#deps.self;
  }

  list(): Approver[] {
    return this.#deps.rows.list<Approver>(KIND).map(({ body }) => body);
  }

  /** The device that this key belongs to; undefined when it is not enrolled. */
  byKey(key: string): Approver | undefined {
    return this.list().find((one) => one.key === key);
  }

  /** The device as it would be enrolled. Throws `Refused('APPROVER_UNFIT')`: no Ed25519 key, this device's own, or enrolled already. */
  fit(name: string, key: string): Device {
    const { signatures, self } = this.#deps;
    const fingerprint = signatures.fingerprint(key);
    if (fingerprint === null) throw new Refused('APPROVER_UNFIT', 'that is no Ed25519 public key');
    if (fingerprint === self.fingerprint)
      throw new Refused('APPROVER_UNFIT', 'that is this device’s own key: a second person has another device');
    const known = this.list().find((one) => one.fingerprint === fingerprint);
    if (known) throw new Refused('APPROVER_UNFIT', `it is enrolled as ${known.name} already`);
    return { name, key, fingerprint };
  }

  /** Enrols what `fit` gave. Throws as `fit` does, and `Refused('AUDIT_UNAVAILABLE')`. */
  add(device: Device, by: KnownActor): void {
    const { rows, clock } = this.#deps;
    const fitting = this.fit(device.name, device.key);
    const body: Approver = { ...fitting, addedAt: clock.now(), addedBy: by.person };
    rows.put(KIND, body.fingerprint, body, { ...record('added', body), ...by });
    this.#changed();
  }

  /** Throws `Refused('NOT_FOUND')`. */
  remove(fingerprint: string, by: Actor): void {
    const known = this.list().find((one) => one.fingerprint === fingerprint);
    if (!known) throw new Refused('NOT_FOUND', fingerprint);
    this.#deps.rows.remove(KIND, fingerprint, { ...record('removed', known), ...by });
    this.#changed();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function record(event: 'added' | 'removed', { name, fingerprint }: Device): RecordDraft {
  return { type: 'approver', event, detail: { name, fingerprint } };
}
