import type { CallSubject } from '../../contract/ask.ts';
import type { FileState } from '../../contract/change.ts';
import type { Clock } from '../clock.ts';
import { Newest } from '../newest.ts';
import type { Answer } from './ports.ts';

/** How long an approval that came too late waits for the retry. */
const KEPT_MS = 15 * 60_000;
/** Sessions that are remembered to be over. */
const MOST_OVER = 200;

/** What has to be the same for a retry to be the call that was approved. */
type CallIdentity = Pick<
  CallSubject,
  'session' | 'server' | 'tool' | 'class' | 'bytesDigest' | 'definitionDigest' | 'launchDigest' | 'changes'
>;

/** Who approved, when that was too late. */
export type LateApproval = Pick<Answer, 'person' | 'second'>;

/** Approvals given after the deadline: each lets one retry of exactly that call through, in the same session (PRODUCT.md A7). */
export class LateApprovals {
  readonly #clock: Clock;
  readonly #policyVersion: () => string;
  readonly #over = new Newest<string, true>(MOST_OVER);
  readonly #kept = new Map<string, LateApproval & { session: string; policy: string; until: number }>();

  constructor(clock: Clock, policyVersion: () => string) {
    this.#clock = clock;
    this.#policyVersion = policyVersion;
  }

  add(subject: CallSubject, { person, second }: LateApproval): void {
    const until = this.#clock.monotonic() + KEPT_MS;
    const { session } = subject;
    const policy = this.#policyVersion();
    this.#kept.set(callKey(subject), { person, ...(second && { second }), session, policy, until });
  }

  /** Nobody can retry what this session called. */
  sessionOver(session: string): void {
    this.#over.set(session, true);
    for (const [key, kept] of this.#kept) if (kept.session === session) this.#kept.delete(key);
  }

  isOver(session: string): boolean {
    return this.#over.has(session);
  }

  /**
   * Takes the approval away; null when there is none, or not by as many people as are needed now, or it was given under
   * another policy (SECURITY.md, prompt rule 3).
   */
  take(call: CallIdentity, needed: number): LateApproval | null {
    const key = callKey(call);
    const entry = this.#kept.get(key);
    this.#kept.delete(key);
    if (!entry || entry.until <= this.#clock.monotonic() || entry.policy !== this.#policyVersion()) return null;
    const { person, second } = entry;
    return needed <= (second ? 2 : 1) ? { person, ...(second && { second }) } : null;
  }
}

/** What is the same for a call and its retry, and for no other. */
export function callKey(call: CallIdentity): string {
  return JSON.stringify([
    call.session,
    call.server,
    call.tool,
    // What was allowed as a write, by a click, was not allowed as more.
    call.class,
    call.bytesDigest,
    call.definitionDigest,
    call.launchDigest,
    // The files as they were shown: what was approved of them was approved for no other content.
    call.changes?.flatMap(({ before, to }) => [versionOf(before), to ? versionOf(to.before) : null]) ?? [],
  ]);
}

const versionOf = (state: FileState) => ('version' in state ? state.version : state.kind);
