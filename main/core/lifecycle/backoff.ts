/** How long to wait before the next start after crashes (SECURITY.md, figures to hold). */

export interface BackoffLimits {
  /** Milliseconds before the first start after a crash. */
  readonly first: number;
  /** Milliseconds at most. */
  readonly most: number;
}

export const BACKOFF: BackoffLimits = { first: 500, most: 60_000 };

/**
 * Milliseconds to wait after `crashes` in a row: doubles from `first` to `most`, then spread over its upper half by
 * `random` in [0, 1) so that servers that fell together do not rise together. Never below `first`, never above `most`.
 */
export function backoff(crashes: number, random: number, limits: BackoffLimits = BACKOFF): number {
  if (crashes <= 0) return 0;
  const full = Math.min(limits.most, limits.first * 2 ** Math.min(crashes, 30));
  return Math.max(limits.first, Math.round(full / 2 + (full / 2) * random));
}
