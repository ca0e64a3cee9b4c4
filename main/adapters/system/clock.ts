/** The system's time as services see it. */
import { performance } from 'node:perf_hooks';
import type { Clock } from '../../services/clock.ts';

/**
 * A clock whose timestamps strictly increase: the wall clock gives milliseconds, the time passed since that
 * millisecond was first seen gives the rest, and when the wall clock is set back it goes on from where it was.
 */
export function systemClock(wall: () => number = Date.now, steady: () => number = () => performance.now()): Clock {
  let last = 0;
  let millisecond = 0;
  let seenAt = 0;

  const microseconds = () => {
    const now = wall();
    const at = steady();
    if (now !== millisecond) {
      millisecond = now;
      seenAt = at;
    }
    const within = Math.min(999, Math.max(0, Math.floor((at - seenAt) * 1000)));
    last = Math.max(last + 1, now * 1000 + within);
    return last;
  };

  return {
    now: () => rfc3339(microseconds()),
    later: (ms) => rfc3339(microseconds() + Math.round(ms * 1000)),
    monotonic: steady,
    after(ms, task) {
      const timer = setTimeout(task, ms);
      return () => clearTimeout(timer);
    },
  };
}

/** RFC 3339 UTC from microseconds since 1970. */
function rfc3339(microseconds: number): string {
  const text = new Date(Math.floor(microseconds / 1000)).toISOString();
  return `${text.slice(0, -1)}${String(microseconds % 1000).padStart(3, '0')}Z`;
}
