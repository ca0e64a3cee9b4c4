/** How much of a deadline is left. Times are milliseconds since the epoch. */

export interface Remaining {
  readonly seconds: number;
  /** 1 at the start, 0 at the deadline. */
  readonly share: number;
  readonly urgency: 'calm' | 'soon' | 'last';
  readonly text: string;
}

/** What is left of the time from `askedAt` to `deadline` at `now`. */
export function remaining(askedAt: number, deadline: number, now: number): Remaining {
  const left = Math.max(0, deadline - now);
  const whole = Math.max(1, deadline - askedAt);
  const seconds = Math.ceil(left / 1000);
  const share = Math.min(1, left / whole);
  return { seconds, share, urgency: seconds <= 5 ? 'last' : seconds <= 15 ? 'soon' : 'calm', text: clockText(seconds) };
}

/** `42 s`, `3:07` or `1:02:09`. */
export function clockText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const two = (n: number): string => String(n).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
