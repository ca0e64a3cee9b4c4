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
  const rfc3339 = rfc3339Writer();

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

/** RFC 3339 UTC from microseconds since 1970; the second last written is kept, since most fall into the same. */
function rfc3339Writer(): (microseconds: number) => string {
  let second = Number.NaN;
  let text = '';
  return (microseconds) => {
    const now = Math.floor(microseconds / 1_000_000);
    if (now !== second) {
      second = now;
      text = new Date(now * 1000).toISOString().slice(0, 'YYYY-MM-DDThh:mm:ss.'.length);
    }
    return `${text}${String(microseconds - now * 1_000_000).padStart(6, '0')}Z`;
  };
}
