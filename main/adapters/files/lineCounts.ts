import { diffLines } from 'diff';
import type { CountLines } from '../../services/proxy/ports.ts';

/** Comparing takes no longer than this, milliseconds: a call waits for it, and so does every other. */
const MOST_MS = 30;

/** Lines that come and go between two texts; null when they differ too much to be compared in time. */
export const countLines: CountLines = (before, after) => {
  const parts = diffLines(before, after, { timeout: MOST_MS });
  if (parts === undefined) return null;
  const count = (kind: 'added' | 'removed') => parts.reduce((sum, part) => sum + (part[kind] ? part.count : 0), 0);
  return { added: count('added'), removed: count('removed') };
};
