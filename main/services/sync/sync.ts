/** Handing the ledger over to a collector: in order, again and again until there is a receipt, and never more than was agreed to. */
import { BATCH_RECORDS, type DeviceHead, enrolmentText } from '../../contract/collector.ts';
import { type Refusal, Refused, refusal } from '../../contract/refusal.ts';
import type { SyncEnrolment, SyncSending, SyncStatus } from '../../contract/sync.ts';
import { readCosignerKey } from '../../core/ledger/cosignature.ts';
import { backoff } from '../../core/lifecycle/backoff.ts';
import type { OutgoingLedger } from '../audit/outgoing.ts';
import type { AuditReader, AuditWriter, LedgerCrypto, SealedRows } from '../audit/ports.ts';
import type { Clock } from '../clock.ts';
import type { DeviceKeys, KeyCrypto, Keystore } from '../vault/ports.ts';
import { nextBatch, placeOf } from './batch.ts';
import { collectorUrl, cosignerOf } from './place.ts';
import type { CollectorLink, CollectorLinks, ReceiptFile } from './ports.ts';
import { isOver, keptReceipt, provedReceipt, type Receipt } from './receipts.ts';
import { sample } from './sample.ts';

export interface SyncDeps {
  readonly ledger: OutgoingLedger;
  readonly reader: Pick<AuditReader, 'count' | 'onAppend' | 'identity'>;
  readonly audit: AuditWriter;
  readonly rows: SealedRows;
  readonly links: CollectorLinks;
  readonly receipts: ReceiptFile;
  readonly keystore: Keystore;
  readonly keys: DeviceKeys;
  readonly signing: Pick<KeyCrypto, 'newSigningKey' | 'signingKey'>;
  readonly crypto: Pick<LedgerCrypto, 'sha256' | 'verify'>;
  readonly clock: Clock;
  readonly random: () => number;
  /** What this device is called at the collector. */
  readonly deviceName: string;
  readonly changed: () => void;
  readonly fault: (error: unknown) => void;
}

/** The keystore account of the key that requests are signed with. */
const KEY_ACCOUNT = 'collector-key';
const ROW = { kind: 'sync', key: 'collector' } as const;
/** From an append to the batch that carries it: heads are signed half a second later, and neighbours travel together. */
const GATHER_MS = 1500;
/** Between two looks when nothing happens: the collector then knows that this device is there. */
const IDLE_MS = 300_000;
const RETRY = { first: 1000, most: 300_000 };
/** Records looked at again in one go: what was sent must still be what the tree says. */
const WINDOW = 500;
/** Of them in one round. */
const WINDOWS = 40;
const LOOK_AGAIN_MS = 3_600_000;

/** What is agreed on, and whether it rests. */
type Enrolled = SyncEnrolment & { readonly paused: boolean };

export class Sync {
  readonly #deps: SyncDeps;
  #enrolled: Enrolled | null = null;
  #link: CollectorLink | null = null;
  #receipt: Receipt | null = null;
  #there: DeviceHead | null = null;
  #problem: Refusal | null = null;
  /** Tries by itself no more: a person has to look. */
  #stopped = false;
  #failures = 0;
  #nextAt: string | null = null;
  #lastAt: string | null = null;
  #oldest: { seq: number; at: number } | null = null;
  #cancel: (() => void) | null = null;
  #round: Promise<void> | null = null;
  #looked = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #reported = -1;
  #closed = false;
  readonly #unlisten: () => void;

  private constructor(deps: SyncDeps) {
    this.#deps = deps;
    this.#unlisten = deps.reader.onAppend(({ seq }) => this.#appended(seq));
  }

  static async open(deps: SyncDeps): Promise<Sync> {
    const sync = new Sync(deps);
    await sync.#start();
    return sync;
  }

  status(): SyncStatus {
    const { reader, clock } = this.#deps;
    const enrolled = this.#enrolled;
    const records = reader.count();
    const received = this.#received();
    const behind = enrolled !== null && this.#oldest !== null && received <= this.#oldest.seq;
    return {
      state: this.#state(),
      url: enrolled?.url ?? null,
      organisation: enrolled?.organisation ?? null,
      device: enrolled?.device.split('/')[1] ?? null,
      sending: enrolled?.sending ?? null,
      records,
      received,
      lag: behind && this.#oldest ? Math.max(0, (clock.monotonic() - this.#oldest.at) / 1000) : 0,
      witnessed: enrolled && this.#receipt && witnessed(enrolled, this.#receipt),
      lastAt: this.#lastAt,
      nextAt: this.#state() === 'waiting' ? this.#nextAt : null,
      problem: this.#problem,
    };
  }

  /** What the collector has cosigned, and whether this ledger still begins so; null when there is no receipt. */
  witness(): { readonly size: number; readonly at: string; readonly by: string; readonly holds: boolean } | null {
    const [enrolled, receipt] = [this.#enrolled, this.#receipt];
    if (enrolled === null || receipt === null) return null;
    const [, , root] = receipt.note.split('\n');
    return { ...witnessed(enrolled, receipt), holds: this.#deps.ledger.root(receipt.seen) === root };
  }

  /** Payloads from this sequence on are here alone; null when they are to go nowhere. */
  heldFrom(): number | null {
    return this.#enrolled === null ? null : this.#received();
  }

  /** What a person is asked, with records of this very ledger as they would go out. Throws `Refused`. */
  proposal(url: string, code: string, sending: SyncSending) {
    const cosigner = cosignerOf(code);
    const { reader, ledger, crypto } = this.#deps;
    const samples = sample(ledger, crypto.sha256, reader.count(), sending);
    return { kind: 'enrol' as const, url: collectorUrl(url), cosigner, sending, records: reader.count(), samples };
  }

  /** Enrols this device, after a person has agreed. Rejects with `Refused`; then nothing has changed. */
  async enrol(url: string, code: string, sending: SyncSending, person: string, via: string): Promise<void> {
    const { links, keystore, keys, reader, signing, rows, clock } = this.#deps;
    const wanted = cosignerOf(code);
    const key = signing.newSigningKey();
    const requestKey = raw(signing.signingKey(key).publicKey);
    const proof = Buffer.from(keys.sign(Buffer.from(enrolmentText({ code, requestKey })))).toString('base64');
    const place = collectorUrl(url);
    const { key: ledgerKey } = reader.identity();
    const name = this.#deps.deviceName;
    const answer = await links.enrol({ url: place, code, name, ledgerKey, requestKey, proof });
    if (this.#cosignerKey(answer.cosigner) !== wanted)
      throw new Refused('COLLECTOR_UNTRUSTED', 'another key than the code’s');
    await this.#rest();
    await keystore.set(KEY_ACCOUNT, key);
    const { device, organisation, cosigner } = answer;
    const body: Enrolled = {
      url: place,
      device,
      organisation,
      cosigner,
      sending,
      person,
      at: clock.now(),
      paused: false,
    };
    const detail = { url: place, organisation, device, ...sending };
    rows.put(ROW.kind, ROW.key, body, { type: 'sync', event: 'enrolled', person, via, detail });
    await this.#deps.receipts.write('');
    await this.#start();
  }

  /** Sends nothing until it is told to go on, after a person has agreed. Throws `Refused('NOT_ENROLLED')`. */
  async pause(person: string, via: string): Promise<void> {
    await this.#set(true, { type: 'sync', event: 'paused', person, via });
  }

  /** Goes on with what a person has agreed to before. Throws `Refused('NOT_ENROLLED')`. */
  async resume(person: string, via: string): Promise<void> {
    await this.#set(false, { type: 'sync', event: 'resumed', person, via });
  }

  /** Sends nothing any more and forgets the collector, after a person has agreed. Throws `Refused('NOT_ENROLLED')`. */
  async leave(person: string, via: string): Promise<void> {
    const { organisation, url } = this.enrolment();
    await this.#rest();
    const detail = { organisation, url, received: this.#received() };
    this.#deps.rows.remove(ROW.kind, ROW.key, { type: 'sync', event: 'left', person, via, detail });
    await this.#deps.keystore.delete(KEY_ACCOUNT);
    await this.#start();
  }

  /** Signs requests with a new key from now on. Rejects with `Refused`; then the old one goes on. */
  async rotate(person: string, via: string): Promise<void> {
    const { keystore, signing, audit } = this.#deps;
    this.enrolment();
    await this.#rest();
    try {
      const key = signing.newSigningKey();
      await this.#openLink();
      await this.#link?.rotate(raw(signing.signingKey(key).publicKey));
      await keystore.set(KEY_ACCOUNT, key);
      audit.append({ type: 'sync', event: 'key-rotated', person, via });
    } finally {
      await this.#start();
    }
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
    await this.#rest();
  }

  #state(): SyncStatus['state'] {
    if (this.#enrolled === null) return 'off';
    if (this.#enrolled.paused) return 'paused';
    if (this.#stopped) return 'stopped';
    if (this.#failures > 0) return 'waiting';
    return this.#round === null ? 'idle' : 'sending';
  }

  #received(): number {
    return this.#receipt?.size ?? 0;
  }

  async #set(paused: boolean, record: { type: 'sync'; event: string; person: string; via: string }): Promise<void> {
    const enrolled = this.enrolment();
    await this.#rest();
    this.#deps.rows.put(ROW.kind, ROW.key, { ...enrolled, paused }, record);
    await this.#start();
  }

  /** Reads what is agreed on and begins with it. */
  async #start(): Promise<void> {
    const { rows, receipts, crypto, reader, clock, ledger } = this.#deps;
    this.#enrolled = rows.get<Enrolled>(ROW.kind, ROW.key)?.body ?? null;
    this.#receipt = this.#enrolled && (await keptReceipt(receipts, crypto, this.#enrolled.cosigner));
    // A receipt of an epoch that is over says nothing about what the ledger holds now.
    if (this.#receipt !== null && (ledger.head()?.epoch ?? 0) !== this.#receipt.epoch) this.#receipt = null;
    this.#there = null;
    this.#problem = null;
    this.#stopped = false;
    this.#failures = 0;
    this.#looked = 0;
    this.#oldest = this.#received() < reader.count() ? { seq: this.#received(), at: clock.monotonic() } : null;
    this.#deps.changed();
    if (this.#enrolled !== null && !this.#enrolled.paused) this.#later(0);
  }

  /** Ends what is under way. */
  async #rest(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    this.#link?.close();
    await this.#round;
    this.#link = null;
  }

  #appended(seq: number): void {
    this.#oldest ??= { seq, at: this.#deps.clock.monotonic() };
    // While it waits after a failure, or rests, new records change nothing.
    if (this.#state() === 'idle') this.#later(GATHER_MS);
  }

  #later(ms: number): void {
    if (this.#closed) return;
    this.#cancel?.();
    this.#nextAt = this.#deps.clock.later(ms);
    this.#cancel = this.#deps.clock.after(ms, () => {
      this.#cancel = null;
      this.#round ??= this.#run().finally(() => {
        this.#round = null;
        this.#deps.changed();
      });
    });
  }

  async #run(): Promise<void> {
    try {
      await this.#sendAll();
      this.#failures = 0;
      this.#problem = null;
      this.#later(this.#received() < (this.#deps.ledger.head()?.size ?? 0) ? GATHER_MS : this.#pauseAfter());
    } catch (error) {
      this.#failed(error);
    }
  }

  /** New records may have come while the last ones were sent. */
  #pauseAfter(): number {
    if (this.#received() < this.#deps.reader.count()) return GATHER_MS;
    return this.#looked < this.#received() ? GATHER_MS : IDLE_MS;
  }

  #failed(error: unknown): void {
    const { links, audit, random, fault } = this.#deps;
    if (!(error instanceof Refused)) fault(error);
    // The place over there is asked for anew: an answer may have been lost on its way.
    this.#there = null;
    this.#problem = error instanceof Refused ? error.refusal : refusal('INTERNAL');
    this.#failures += 1;
    if (this.#closed) return;
    const { code, detail } = this.#problem;
    if (code === 'CONTINUITY_BROKEN' || code === 'DEVICE_REVOKED' || code === 'COLLECTOR_UNTRUSTED') {
      this.#stopped = true;
      const reason = this.#problem.message;
      const said = detail === undefined ? {} : { detail: { why: detail } };
      audit.append({ type: 'alarm', event: 'sync-stopped', code, reason, ...said });
      return;
    }
    const wait = links.retryAfter(error);
    this.#later(wait === null ? backoff(this.#failures - 1, random(), RETRY) || RETRY.first : wait * 1000);
  }

  async #sendAll(): Promise<void> {
    const { ledger, crypto } = this.#deps;
    const enrolled = this.enrolment();
    const link = await this.#openLink();
    // Without new records one request still says that this device is there, and what its head is.
    let there = this.#there ?? (await link.head());
    for (let first = true; !this.#closed; first = false) {
      const head = ledger.head();
      if (head === null) return;
      const { size } = placeOf(head, there);
      if (!first && size >= head.size) break;
      const answer = await link.send(nextBatch(ledger, crypto.sha256, head, there, enrolled.sending));
      const receipt = provedReceipt(crypto, answer, enrolled.cosigner);
      if (receipt === null || receipt.size < size || receipt.epoch !== head.epoch)
        throw new Refused('COLLECTOR_UNTRUSTED', 'the receipt does not hold');
      if (receipt.seen <= head.size && !isOver(receipt, head.note) && receipt.seen === head.size)
        throw new Refused('COLLECTOR_UNTRUSTED', 'the receipt is over another head');
      await this.#keep(receipt);
      there = answer;
      if (receipt.size - size < BATCH_RECORDS && receipt.size >= head.size) break;
    }
    this.#there = there;
    await this.#look(link);
  }

  /** The receipt is on the disk before anything counts as received. */
  async #keep(receipt: Receipt): Promise<void> {
    const { receipts, clock, reader } = this.#deps;
    await receipts.write(JSON.stringify(receipt));
    this.#receipt = receipt;
    this.#lastAt = clock.now();
    if (this.#oldest !== null && receipt.size > this.#oldest.seq)
      this.#oldest = receipt.size < reader.count() ? { seq: receipt.size, at: clock.monotonic() } : null;
    this.#deps.changed();
  }

  /**
   * Looks whether records that were handed over are still what the tree says, from the first to the last and then, an
   * hour later, again; a fault is told to both sides.
   */
  async #look(link: CollectorLink): Promise<void> {
    const { ledger, audit, clock } = this.#deps;
    const size = this.#received();
    if (this.#looked >= size && clock.monotonic() - this.#lookedAt > LOOK_AGAIN_MS) this.#looked = 0;
    if (this.#looked === 0) this.#lookedAt = clock.monotonic();
    for (let windows = 0; windows < WINDOWS && this.#looked < size && !this.#closed; windows += 1) {
      const limit = Math.min(WINDOW, size - this.#looked);
      const wrong = ledger.fault(this.#looked, limit);
      this.#looked += limit;
      if (wrong !== null && wrong !== this.#reported) {
        const message = `Record ${wrong} was changed on the device after it had been sent.`;
        await link.report({ epoch: this.#receipt?.epoch ?? 1, seq: wrong, message });
        this.#reported = wrong;
        audit.append({ type: 'alarm', event: 'ledger-altered', reason: message, detail: { seq: wrong } });
      }
      // Calls go first.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  async #openLink(): Promise<CollectorLink> {
    const { links, keystore } = this.#deps;
    if (this.#link !== null) return this.#link;
    const key = await keystore.get(KEY_ACCOUNT);
    if (key === null) throw new Refused('KEYCHAIN_UNAVAILABLE', `${KEY_ACCOUNT} is missing`);
    this.#link = links.open(this.enrolment(), key);
    return this.#link;
  }

  #cosignerKey(text: string): string | null {
    const key = readCosignerKey(this.#deps.crypto.sha256, text);
    return key && Buffer.from(key.publicKey).toString('base64url');
  }
}

function witnessed({ organisation }: Enrolled, { seen, seconds }: Receipt) {
  return { size: seen, at: `${new Date(seconds * 1000).toISOString().slice(0, -1)}000Z`, by: organisation };
}

/** The raw Ed25519 key of SPKI DER, base64. */
function raw(publicKey: Uint8Array): string {
  return Buffer.from(publicKey.subarray(-32)).toString('base64');
}
