/** What a person agreed to hand over to a collector: enrolling, resting, leaving, and how it goes. */
import { enrolmentText, LONGEST_NAME } from '../../contract/collector.ts';
import { Refused } from '../../contract/refusal.ts';
import type { SyncEnrolment, SyncSending, SyncStatus } from '../../contract/sync.ts';
import { readCosignerKey } from '../../core/ledger/cosignature.ts';
import { utf8 } from '../../core/ledger/utf8.ts';
import type { KnownActor } from '../actor.ts';
import type { AuditReader, SealedRows } from '../audit/ports.ts';
import type { DeviceKeys, KeyCrypto, Keystore } from '../vault/ports.ts';
import { Handover, type HandoverDeps } from './handover.ts';
import { collectorUrl, cosignerOf } from './place.ts';
import type { CollectorLinks } from './ports.ts';
import type { Receipt } from './receipts.ts';
import { Recheck } from './recheck.ts';
import { RequestKeys } from './requestKeys.ts';
import { sample } from './sample.ts';

export interface SyncDeps extends Omit<HandoverDeps, 'reader' | 'links' | 'requestKeys' | 'recheck'> {
  readonly reader: Pick<AuditReader, 'count' | 'onAppend' | 'identity'>;
  readonly rows: SealedRows;
  readonly links: CollectorLinks;
  readonly keystore: Keystore;
  readonly keys: DeviceKeys;
  readonly signing: Pick<KeyCrypto, 'newSigningKey' | 'signingKey' | 'signingKeyOf'>;
  /** What this device is called at the collector. */
  readonly deviceName: string;
}

const ROW = { kind: 'sync', key: 'collector' } as const;
const NOTHING = { received: 0, lag: 0, lastAt: null, nextAt: null, problem: null };

/** What is agreed on, and whether it rests. */
type Enrolled = SyncEnrolment & { readonly paused: boolean };

export class Sync {
  readonly #deps: SyncDeps;
  readonly #requestKeys: RequestKeys;
  readonly #recheck: Recheck;
  readonly #unlisten: () => void;
  #enrolled: Enrolled | null = null;
  #handover: Handover | null = null;
  #closed = false;
  /** Changes wait for each other: two at once would leave two handovers behind. */
  #changed: Promise<void> = Promise.resolve();

  private constructor(deps: SyncDeps) {
    this.#deps = deps;
    this.#requestKeys = new RequestKeys(deps.keystore, deps.links);
    this.#recheck = new Recheck(deps);
    this.#unlisten = deps.reader.onAppend(({ seq }) => this.#handover?.appended(seq));
  }

  static async open(deps: SyncDeps): Promise<Sync> {
    const sync = new Sync(deps);
    await sync.#start();
    return sync;
  }

  status(): SyncStatus {
    const [enrolled, handover] = [this.#enrolled, this.#handover];
    const progress = handover?.progress() ?? { ...NOTHING, state: 'off' as const };
    return {
      url: enrolled?.url ?? null,
      organisation: enrolled?.organisation ?? null,
      device: enrolled?.device.split('/')[1] ?? null,
      sending: enrolled?.sending ?? null,
      records: this.#deps.reader.count(),
      witnessed: enrolled && handover?.receipt ? witnessed(enrolled, handover.receipt) : null,
      ...progress,
      state: enrolled?.paused ? 'paused' : progress.state,
    };
  }

  /** What the collector has cosigned, and whether this ledger still begins so; null when there is no receipt. */
  witness(): { readonly size: number; readonly at: string; readonly by: string; readonly holds: boolean } | null {
    const [enrolled, receipt] = [this.#enrolled, this.#handover?.receipt];
    if (enrolled === null || !receipt) return null;
    const [, , root] = receipt.note.split('\n');
    return { ...witnessed(enrolled, receipt), holds: this.#deps.ledger.root(receipt.seen) === root };
  }

  /** Payloads from this sequence on are here alone; null when they are to go nowhere. */
  heldFrom(): number | null {
    return this.#handover?.received ?? null;
  }

  /** What a person is asked, with records of this very ledger as they would go out. Throws `Refused`. */
  proposal(url: string, code: string, sending: SyncSending) {
    const cosigner = cosignerOf(code);
    const { reader, ledger, crypto } = this.#deps;
    const samples = sample(ledger, crypto.sha256, reader.count(), sending);
    return { kind: 'enrol' as const, url: collectorUrl(url), cosigner, sending, records: reader.count(), samples };
  }

  /**
   * Enrols this device, after a person has agreed. Rejects with `Refused`; then nothing has changed, and where the answer
   * was lost the same code enrols it again.
   */
  async enrol(url: string, code: string, sending: SyncSending, by: KnownActor): Promise<void> {
    const { links, keys, reader, clock, receipts, signing, deviceName } = this.#deps;
    const wanted = cosignerOf(code);
    // It follows from the code: whoever asks again asks with the same key.
    const key = signing.signingKeyOf(keys.mac('collector-key', utf8(code)));
    const requestKey = this.#publicKey(key);
    const proof = Buffer.from(keys.sign(Buffer.from(enrolmentText({ code, requestKey })))).toString('base64');
    const place = collectorUrl(url);
    const { key: ledgerKey } = reader.identity();
    const name = deviceName.slice(0, LONGEST_NAME).toWellFormed();
    const answer = await links.enrol({ url: place, code, name, ledgerKey, requestKey, proof });
    if (this.#cosignerKey(answer.cosigner) !== wanted)
      throw new Refused('COLLECTOR_UNTRUSTED', 'another key than the code’s');
    await this.#rested(async () => {
      // What an earlier enrolment had received counts for this one no more, whatever comes next.
      await receipts.write('');
      await this.#requestKeys.offer(key);
      const { device, organisation, cosigner } = answer;
      const agreed = { url: place, device, organisation, cosigner, sending, person: by.person, at: clock.now() };
      const detail = { url: place, organisation, device, ...sending };
      this.#put({ ...agreed, paused: false }, { event: 'enrolled', ...by, detail });
      await this.#requestKeys.settle(key);
    });
  }

  /** Sends nothing until it is told to go on, after a person has agreed. Rejects with `Refused('NOT_ENROLLED')`. */
  pause(by: KnownActor): Promise<void> {
    return this.#rested(() => this.#put({ ...this.enrolment(), paused: true }, { event: 'paused', ...by }));
  }

  /** Goes on with what a person has agreed to before. Rejects with `Refused('NOT_ENROLLED')`. */
  resume(by: KnownActor): Promise<void> {
    return this.#rested(() => this.#put({ ...this.enrolment(), paused: false }, { event: 'resumed', ...by }));
  }

  /** Sends nothing any more and forgets the collector, after a person has agreed. Rejects with `Refused('NOT_ENROLLED')`. */
  leave(by: KnownActor): Promise<void> {
    return this.#rested(async () => {
      const { organisation, url } = this.enrolment();
      const detail = { organisation, url, received: this.status().received };
      this.#deps.rows.remove(ROW.kind, ROW.key, { type: 'sync', event: 'left', ...by, detail });
      await this.#requestKeys.forget();
    });
  }

  /**
   * Signs requests with a new key from now on. Rejects with `Refused`; then the old one goes on, or the new one when
   * the collector took it and its answer was lost.
   */
  rotate(by: KnownActor): Promise<void> {
    return this.#rested(async () => {
      const { link } = await this.#requestKeys.open(this.enrolment(), () => {});
      const key = this.#deps.signing.newSigningKey();
      await this.#requestKeys.offer(key);
      await link.rotate(this.#publicKey(key));
      await this.#requestKeys.settle(key);
      this.#deps.audit.append({ type: 'sync', event: 'key-rotated', ...by });
    });
  }

  /** Throws `Refused('NOT_ENROLLED')`. */
  enrolment(): Enrolled {
    if (this.#enrolled === null) throw new Refused('NOT_ENROLLED');
    return this.#enrolled;
  }

  /** Lets the round that runs end, and sends nothing more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#unlisten();
    await this.#handover?.close();
  }

  /** Changes what is agreed on while nothing is sent, and begins with what is agreed on then, changed or not. */
  #rested(change: () => void | Promise<void>): Promise<void> {
    const changed = this.#changed.then(async () => {
      await this.#handover?.close();
      try {
        await change();
      } finally {
        await this.#start();
      }
    });
    this.#changed = changed.catch(() => {});
    return changed;
  }

  /** Reads what is agreed on and begins with it. */
  async #start(): Promise<void> {
    const { rows, changed } = this.#deps;
    this.#enrolled = rows.get<Enrolled>(ROW.kind, ROW.key)?.body ?? null;
    const parts = { ...this.#deps, requestKeys: this.#requestKeys, recheck: this.#recheck };
    this.#recheck.again();
    const lastAt = this.#handover?.progress().lastAt ?? null;
    this.#handover = this.#enrolled && (await Handover.open(parts, this.#enrolled, lastAt));
    changed();
    if (this.#enrolled?.paused === false && !this.#closed) this.#handover?.begin();
  }

  #put(body: Enrolled, record: KnownActor & { event: string; detail?: Record<string, string> }): void {
    this.#deps.rows.put(ROW.kind, ROW.key, body, { type: 'sync', ...record });
  }

  /** A key's public half as the collector takes it: raw, base64. */
  #publicKey(key: string): string {
    return Buffer.from(this.#deps.signing.signingKey(key).publicKey.subarray(-32)).toString('base64');
  }

  #cosignerKey(text: string): string | null {
    const key = readCosignerKey(this.#deps.crypto.sha256, text);
    return key && Buffer.from(key.publicKey).toString('base64url');
  }
}

function witnessed({ organisation }: SyncEnrolment, { seen, seconds }: Receipt) {
  return { size: seen, at: `${new Date(seconds * 1000).toISOString().slice(0, -1)}000Z`, by: organisation };
}
