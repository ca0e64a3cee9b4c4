/** Requests to a second person and their answers, signed by devices (SECURITY.md rule 3). */
import type { AskView } from '../../contract/ask.ts';
import { Refused } from '../../contract/errors.ts';
import {
  type Approver,
  type SecondAnswer,
  type SecondRequest,
  secondAnswer,
  secondRequest,
} from '../../contract/second.ts';
import { canonicalJson } from '../../core/ledger/canonical.ts';
import { type BlockKind, readBlock, signedBytes, writeBlock } from '../../core/second/block.ts';
import type { Clock } from '../clock.ts';
import { Newest } from '../newest.ts';
import type { DeviceKeys } from '../vault/ports.ts';
import type { ApproverBook } from './approvers.ts';
import { askHash, type Hash } from './askHash.ts';
import type { Signatures } from './ports.ts';

/** Answers that can still be fetched. */
const KEPT = 50;

export interface SecondPersonDeps {
  readonly book: ApproverBook;
  readonly keys: Pick<DeviceKeys, 'sign'>;
  readonly signatures: Signatures;
  readonly hash: Hash;
  readonly clock: Clock;
}

/** A request somebody else's device made, after its hash and signature held. */
export interface Considered {
  readonly request: SecondRequest;
  readonly fingerprint: string;
  readonly enrolledAs: string | null;
}

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

/** Both ends: writes requests and checks answers here, checks requests and writes answers for others. */
export class SecondPerson {
  readonly #deps: SecondPersonDeps;
  /** Answers that the person here gave, by the ask they gave them with. */
  readonly #signed = new Newest<string, string>(KEPT);

  constructor(deps: SecondPersonDeps) {
    this.#deps = deps;
  }

  /** The request for a call that one person here has allowed, under this policy. */
  request({ id, hash, subject, first, deadline }: AskView, policyVersion: string): string {
    const { name, key } = this.#deps.book.self;
    if (subject.kind !== 'call' || first === null || deadline === null) throw new Refused('ASK_GONE', id);
    const device = { name, key };
    const { person } = first;
    return this.#write('request', { version: 1, ask: id, hash, policyVersion, subject, device, person, deadline });
  }

  /** Throws `Refused`: COUNTERSIGNATURE_INVALID when anything of it was changed, is ours, or is too late. */
  consider(text: string): Considered {
    const { hash, signatures, book } = this.#deps;
    const { value: request, holds } = this.#read('request', text, secondRequest);
    const { ask, subject, policyVersion, device } = request;
    const fingerprint = signatures.fingerprint(device.key);
    if (fingerprint === null || !holds(device.key)) throw invalid('its signature does not hold');
    if (fingerprint === book.self.fingerprint)
      throw invalid('this device made the request itself: the second person answers on another device or account');
    if (askHash(hash, ask, subject, policyVersion) !== request.hash)
      throw invalid('what it shows is not what its hash was made of');
    this.#inTime(request.deadline);
    return { request, fingerprint, enrolledAs: book.byKey(device.key)?.name ?? null };
  }

  /** Signs the yes that the person here gave to the ask `here` about a request. Throws `Refused` when it is too late by now. */
  sign(here: string, { ask, hash, deadline }: SecondRequest, person: string): void {
    this.#inTime(deadline);
    const { key } = this.#deps.book.self;
    const answer: SecondAnswer = { version: 1, ask, hash, key, person, at: this.#deps.clock.now(), deadline };
    this.#signed.set(here, this.#write('answer', answer));
  }

  /** The answer that was given with this ask; undefined when there is none (any more). */
  signed(here: string): string | undefined {
    return this.#signed.get(here);
  }

  /** Who answered which ask; the caller binds it to the ask's hash. Throws `Refused('COUNTERSIGNATURE_INVALID')`. */
  check(text: string): { answer: SecondAnswer; by: Approver } {
    const { book } = this.#deps;
    const { value: answer, holds } = this.#read('answer', text, secondAnswer);
    if (answer.key === book.self.key) throw invalid('this device signed it itself, and so is no second person');
    const by = book.byKey(answer.key);
    if (!by) throw invalid('the device that signed it is not enrolled here');
    if (!holds(by.key)) throw invalid('its signature does not hold');
    this.#inTime(answer.deadline);
    return { answer, by };
  }

  #inTime(deadline: string): void {
    if (deadline <= this.#deps.clock.now()) throw invalid(`it was good until ${deadline}`);
  }

  #write(kind: BlockKind, value: SecondRequest | SecondAnswer): string {
    const json = canonicalJson(value);
    return writeBlock(kind, json, this.#deps.keys.sign(signedBytes(kind, json)));
  }

  /** Strict: the text is exactly the canonical form of what was understood, so nothing in it goes unseen. */
  #read<T>(kind: BlockKind, text: string, schema: Schema<T>): { value: T; holds(key: string): boolean } {
    const block = readBlock(kind, text);
    if (!block) throw invalid(`there is no whole ${kind} in it`);
    const { json, signature } = block;
    const parsed = schema.safeParse(parsedJson(json));
    if (!parsed.success || canonicalJson(parsed.data) !== json) throw invalid(`the ${kind} is not well formed`);
    const holds = (key: string) => this.#deps.signatures.verify(key, signedBytes(kind, json), signature);
    return { value: parsed.data, holds };
  }
}

function invalid(why: string): Refused {
  return new Refused('COUNTERSIGNATURE_INVALID', why);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
