import type { AskView, CallSubject } from '../../contract/ask.ts';
import type { Clock } from '../clock.ts';

/** How long an approval that came too late waits for the retry. */
const KEPT_MS = 15 * 60_000;

/** What has to be the same for a retry to be the call that was approved. */
type CallIdentity = Pick<
  CallSubject,
  'session' | 'server' | 'tool' | 'bytesDigest' | 'definitionDigest' | 'launchDigest'
>;

/** Approvals given after the deadline: each lets one retry of exactly that call through, in the same session (PRODUCT.md A7). */
export class LateApprovals {
  readonly #clock: Clock;
  readonly #kept = new Map<string, { view: AskView; until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(subject: CallSubject, view: AskView): void {
    this.#kept.set(keyOf(subject), { view, until: this.#clock.monotonic() + KEPT_MS });
  }

  /** Takes the approval away and returns its ask; null when there is none. */
  take(call: CallIdentity): AskView | null {
    const key = keyOf(call);
    const entry = this.#kept.get(key);
    this.#kept.delete(key);
    return entry && entry.until > this.#clock.monotonic() ? entry.view : null;
  }
}

function keyOf(call: CallIdentity): string {
  return JSON.stringify([
    call.session,
    call.server,
    call.tool,
    call.bytesDigest,
    call.definitionDigest,
    call.launchDigest,
  ]);
}
