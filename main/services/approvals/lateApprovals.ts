import type { CallSubject } from '../../contract/ask.ts';
import type { FileState } from '../../contract/change.ts';
import type { Clock } from '../clock.ts';
import type { Answer } from './ports.ts';

/** How long an approval that came too late waits for the retry. */
const KEPT_MS = 15 * 60_000;

/** What has to be the same for a retry to be the call that was approved. */
type CallIdentity = Pick<
  CallSubject,
  'session' | 'server' | 'tool' | 'bytesDigest' | 'definitionDigest' | 'launchDigest' | 'changes'
>;

/** Who approved, when that was too late. */
export type LateApproval = Pick<Answer, 'person' | 'second'>;

/** Approvals given after the deadline: each lets one retry of exactly that call through, in the same session (PRODUCT.md A7). */
export class LateApprovals {
  readonly #clock: Clock;
  readonly #kept = new Map<string, LateApproval & { until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(subject: CallSubject, approval: LateApproval): void {
    this.#kept.set(callKey(subject), { ...approval, until: this.#clock.monotonic() + KEPT_MS });
  }

  /** Takes the approval away; null when there is none, or not by as many people as are needed now. */
  take(call: CallIdentity, needed: number): LateApproval | null {
    const key = callKey(call);
    const entry = this.#kept.get(key);
    this.#kept.delete(key);
    if (!entry || entry.until <= this.#clock.monotonic()) return null;
    return needed <= (entry.second ? 2 : 1) ? entry : null;
  }
}

/** What is the same for a call and its retry, and for no other. */
export function callKey(call: CallIdentity): string {
  return JSON.stringify([
    call.session,
    call.server,
    call.tool,
    call.bytesDigest,
    call.definitionDigest,
    call.launchDigest,
    // The files as they were shown: what was approved of them was approved for no other content.
    call.changes?.flatMap(({ before, to }) => [versionOf(before), to ? versionOf(to.before) : null]) ?? [],
  ]);
}

const versionOf = (state: FileState) => ('version' in state ? state.version : state.kind);
