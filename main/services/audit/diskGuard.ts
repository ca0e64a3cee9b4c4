import { type DiskState, roomText } from '../../contract/disk.ts';
import { type Refusal, refusal } from '../../contract/refusal.ts';
import type { ToolClass } from '../../contract/tool.ts';
import type { Clock } from '../clock.ts';
import type { FreeSpace } from './ports.ts';

/** Below these, in bytes, a state begins. */
export interface DiskFigures {
  readonly low: number;
  readonly critical: number;
  readonly full: number;
}

const MB = 2 ** 20;
/** SECURITY.md, figures. Full leaves room for the outcomes of calls under way, and for a database to be tidied. */
export const DISK_FIGURES: DiskFigures = { low: 500 * MB, critical: 100 * MB, full: 16 * MB };

/** What lets calls through is believed this long, milliseconds; what refuses is looked at again each time. */
const FRESH_MS = 1000;
/** A person is told this soon, milliseconds, also while nothing is called. */
const WATCH_MS = 10_000;

/** Refuses calls before the disk is too full to record them. Nothing is ever dropped to make room. */
export class DiskGuard {
  readonly #free: FreeSpace;
  readonly #clock: Clock;
  readonly #figures: DiskFigures;
  #seen: DiskState = { state: 'enough', free: null };
  #until = Number.NEGATIVE_INFINITY;
  #changed: () => void = () => {};
  #rest: () => void = () => {};

  constructor(free: FreeSpace, clock: Clock, figures: DiskFigures = DISK_FIGURES) {
    this.#free = free;
    this.#clock = clock;
    this.#figures = figures;
  }

  /** How things stand: at most a second old, and never older where it refuses. */
  state(): DiskState {
    const now = this.#clock.monotonic();
    if (now < this.#until) return this.#seen;
    const before = this.#seen.state;
    this.#seen = this.#look();
    const { state } = this.#seen;
    this.#until = state === 'enough' || state === 'low' ? now + FRESH_MS : now;
    if (state !== before) this.#changed();
    return this.#seen;
  }

  /** Why a call of this class must not be sent now; null when it may. A call without a class counts as risky. */
  refuses(toolClass: ToolClass | undefined): Refusal | null {
    const { state, free } = this.state();
    switch (state) {
      case 'enough':
      case 'low':
        return null;
      case 'critical':
        return toolClass === 'read' ? null : refusal('DISK_LOW', roomText(free));
      case 'full':
        return refusal('AUDIT_UNAVAILABLE', `the disk is full: ${roomText(free)}`);
      case 'lost':
        return refusal('AUDIT_UNAVAILABLE', 'the disk does not answer');
    }
  }

  /** Looks from now on also while nothing is called, and calls back whenever the state is another. */
  watch(changed: () => void): void {
    this.#changed = changed;
    const look = () => {
      this.state();
      this.#rest = this.#clock.after(WATCH_MS, look);
    };
    look();
  }

  close(): void {
    this.#rest();
    this.#changed = () => {};
  }

  #look(): DiskState {
    let free: number | null;
    try {
      free = this.#free();
    } catch {
      return { state: 'lost', free: null };
    }
    const { low, critical, full } = this.#figures;
    if (free === null || free >= low) return { state: 'enough', free };
    if (free >= critical) return { state: 'low', free };
    return { state: free >= full ? 'critical' : 'full', free };
  }
}
