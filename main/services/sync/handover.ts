/** Handing the ledger over to one collector: in order, and again and again until there is a receipt. */
import { BATCH_RECORDS, type DeviceHead } from '../../contract/collector.ts';
import { type Refusal, Refused, refusal } from '../../contract/refusal.ts';
import type { SyncEnrolment, SyncStatus } from '../../contract/sync.ts';
import { backoff } from '../../core/lifecycle/backoff.ts';
import type { OutgoingLedger } from '../audit/outgoing.ts';
import type { AuditReader, AuditWriter, LedgerCrypto } from '../audit/ports.ts';
import type { Clock } from '../clock.ts';
import { nextBatch, placeOf } from './batch.ts';
import type { CollectorLink, CollectorLinks, ReceiptFile } from './ports.ts';
import { isOver, keptReceipt, provedReceipt, type Receipt, readAnswer } from './receipts.ts';
import type { Recheck } from './recheck.ts';
import type { RequestKeys } from './requestKeys.ts';

export interface HandoverDeps {
  readonly ledger: OutgoingLedger;
  readonly reader: Pick<AuditReader, 'count'>;
  readonly audit: AuditWriter;
  readonly links: Pick<CollectorLinks, 'retryAfter'>;
  readonly requestKeys: RequestKeys;
  readonly receipts: ReceiptFile;
  readonly recheck: Recheck;
  readonly crypto: Pick<LedgerCrypto, 'sha256' | 'verify'>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly changed: () => void;
  readonly fault: (error: unknown) => void;
}

/** From an append to the batch that carries it: heads are signed half a second later, and neighbours travel together. */
const GATHER_MS = 1500;
/** Between two looks when nothing happens: the collector then knows that this device is there. */
const IDLE_MS = 300_000;
const RETRY = { first: 1000, most: 300_000 };
/** A collector that asks for longer is asked again all the same. */
const LONGEST_WAIT_MS = 3_600_000;
/** Trying again by itself would not help: a person has to look. */
const FINAL: readonly Refusal['code'][] = ['CONTINUITY_BROKEN', 'DEVICE_REVOKED', 'COLLECTOR_UNTRUSTED'];

export class Handover {
  readonly #deps: HandoverDeps;
  readonly #enrolment: SyncEnrolment;
  #receipt: Receipt | null;
  #link: CollectorLink | null = null;
  #there: DeviceHead | null = null;
  #problem: Refusal | null = null;
  #failures = 0;
  #lastAt: string | null;
  /** The oldest record without a receipt, and its time. */
  #oldest: { readonly seq: number; readonly at: string } | null;
  /** The round that is to come. */
  #due: { readonly at: number; readonly said: string; cancel(): void } | null = null;
  #round: Promise<void> | null = null;
  #closed = false;

  private constructor(deps: HandoverDeps, enrolment: SyncEnrolment, receipt: Receipt | null, lastAt: string | null) {
    this.#lastAt = lastAt;
    this.#deps = deps;
    this.#enrolment = enrolment;
    this.#receipt = receipt;
    this.#oldest = this.#oldestFrom(receipt?.size ?? 0);
  }

  /** Takes up where the receipt that was kept ends; `lastAt` is when one came. Nothing is sent before `begin`. */
  static async open(deps: HandoverDeps, enrolment: SyncEnrolment, lastAt: string | null): Promise<Handover> {
    const receipt = await keptReceipt(deps.receipts, deps.crypto, enrolment);
    // A receipt of an epoch that is over says nothing about what the ledger holds now.
    const counts = receipt !== null && receipt.epoch === (deps.ledger.head()?.epoch ?? 0);
    return new Handover(deps, enrolment, counts ? receipt : null, lastAt);
  }

  get receipt(): Receipt | null {
    return this.#receipt;
  }

  get received(): number {
    return this.#receipt?.size ?? 0;
  }

  /** How it goes, of the status. */
  progress(): Pick<SyncStatus, 'state' | 'received' | 'lag' | 'lastAt' | 'nextAt' | 'problem'> {
    const state = this.#state();
    return {
      state,
      received: this.received,
      lag: this.#oldest === null ? 0 : secondsBetween(this.#oldest.at, this.#deps.clock.now()),
      lastAt: this.#lastAt,
      nextAt: state === 'waiting' && this.#due !== null ? this.#due.said : null,
      problem: this.#problem,
    };
  }

  begin(): void {
    this.#later(0);
  }

  /** A record was appended. While it waits after a failure, that changes nothing. */
  appended(seq: number): void {
    const { clock } = this.#deps;
    this.#oldest ??= { seq, at: clock.now() };
    // Never put off: where records come without end there would be no round.
    if (this.#state() === 'idle' && this.#due !== null && this.#due.at > clock.monotonic() + GATHER_MS)
      this.#later(GATHER_MS);
  }

  /** Gives up what is under way and resolves once it has ended; nothing is sent afterwards. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#due?.cancel();
    this.#due = null;
    this.#link?.close();
    await this.#round;
  }

  #state(): SyncStatus['state'] {
    if (this.#problem !== null && FINAL.includes(this.#problem.code)) return 'stopped';
    if (this.#failures > 0) return 'waiting';
    return this.#round === null ? 'idle' : 'sending';
  }

  #oldestFrom(seq: number): { seq: number; at: string } | null {
    const { reader, clock, ledger } = this.#deps;
    if (seq >= reader.count()) return null;
    try {
      return { seq, at: ledger.records(seq, 1)[0]?.at ?? clock.now() };
    } catch (error) {
      // A ledger that cannot be read now stops the next round, which says so.
      if (error instanceof Refused) return { seq, at: clock.now() };
      throw error;
    }
  }

  #later(ms: number): void {
    if (this.#closed) return;
    const { clock } = this.#deps;
    this.#due?.cancel();
    const cancel = clock.after(ms, () => {
      this.#due = null;
      this.#round ??= this.#run().finally(() => {
        this.#round = null;
        this.#deps.changed();
      });
    });
    this.#due = { at: clock.monotonic() + ms, said: clock.later(ms), cancel };
  }

  async #run(): Promise<void> {
    try {
      await this.#sendAll();
      this.#failures = 0;
      this.#problem = null;
      this.#later(this.#isDone() ? IDLE_MS : GATHER_MS);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** New records may have come while the last ones were sent. */
  #isDone(): boolean {
    const { reader, recheck } = this.#deps;
    return this.received >= reader.count() && recheck.isThrough(this.received);
  }

  #failed(error: unknown): void {
    const { links, random, fault } = this.#deps;
    // The place over there is asked for anew: an answer may have been lost on its way.
    this.#there = null;
    if (this.#closed) return;
    if (!(error instanceof Refused)) fault(error);
    this.#problem = error instanceof Refused ? error.refusal : refusal('INTERNAL');
    this.#failures += 1;
    if (this.#state() === 'stopped') return this.#alarm(this.#problem);
    const asked = (links.retryAfter(error) ?? 0) * 1000;
    const own = backoff(this.#failures - 1, random(), RETRY) || RETRY.first;
    this.#later(asked > 0 ? Math.min(Math.max(asked, RETRY.first), LONGEST_WAIT_MS) : own);
  }

  #alarm({ code, message, detail }: Refusal): void {
    const said = detail === undefined ? {} : { detail: { why: detail } };
    try {
      this.#deps.audit.append({ type: 'alarm', event: 'sync-stopped', code, reason: message, ...said });
    } catch (error) {
      // It stays stopped, and says so in its status.
      this.#deps.fault(error);
    }
  }

  async #sendAll(): Promise<void> {
    const { ledger, crypto, recheck } = this.#deps;
    const { link, there: at } = await this.#place();
    let there = at;
    // Without new records one request still says that this device is there, and what its head is.
    for (let first = true; !this.#closed; first = false) {
      const head = ledger.head();
      if (head === null) return;
      const { size } = placeOf(head, there);
      if (!first && size >= head.size) break;
      const batch = nextBatch(ledger, crypto.sha256, head, there, this.#enrolment.sending);
      if (batch.records.length === 0 && size < head.size) {
        await recheck.tell(head.epoch, size, `Record ${size} is missing on the device.`, link);
        throw new Refused('DATABASE_TAMPERED', `record ${size} is missing`);
      }
      there = readAnswer(await link.send(batch));
      const receipt = provedReceipt(crypto, there, this.#enrolment);
      if (receipt === null || receipt.size < size || receipt.epoch !== head.epoch)
        throw new Refused('COLLECTOR_UNTRUSTED', 'the receipt does not hold');
      if (!isOver(receipt, head, ledger)) throw new Refused('COLLECTOR_UNTRUSTED', 'the receipt is over another head');
      await this.#keep(receipt);
      if (receipt.size === size && batch.records.length > 0)
        throw new Refused('COLLECTOR_UNREACHABLE', 'it answers, and takes nothing');
      if (receipt.size - size < BATCH_RECORDS && receipt.size >= head.size) break;
    }
    this.#there = there;
    if (this.#receipt !== null) await recheck.look(this.#receipt, link, () => !this.#closed);
  }

  /** Where the collector is, as its newest answer says. */
  async #place(): Promise<{ link: CollectorLink; there: DeviceHead }> {
    if (this.#link !== null && this.#there !== null) return { link: this.#link, there: this.#there };
    return this.#deps.requestKeys.open(this.#enrolment, (link) => {
      if (this.#closed) throw new Refused('COLLECTOR_UNREACHABLE', 'it was called off');
      this.#link = link;
    });
  }

  /** The receipt is on the disk before anything counts as received. */
  async #keep(receipt: Receipt): Promise<void> {
    const { receipts, clock } = this.#deps;
    await receipts.write(JSON.stringify(receipt));
    this.#receipt = receipt;
    this.#lastAt = clock.now();
    if (this.#oldest !== null && receipt.size > this.#oldest.seq) this.#oldest = this.#oldestFrom(receipt.size);
    this.#deps.changed();
  }
}

/** Between two times, RFC 3339; 0 where the clock was set back. */
function secondsBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}
