/** What is sent, in words that prompts in windows and terminals share. */
import type { SyncForm, SyncSending } from './sync.ts';

export const FORM_WORDS: Record<SyncForm, string> = {
  everything: 'everything: arguments, results and reasons, secrets masked',
  facets: 'who, what, when and the verdict; no arguments, no results',
  hash: 'a hash alone: that there is a record, not what it says',
};

/** `40 s`, `12 min`, `5 h`, `3 days`: the age of what waits. */
export function behindWords(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  if (seconds < 100 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

const CLASSES: readonly (readonly [keyof SyncSending, string])[] = [
  ['read', 'Calls that read'],
  ['read-sensitive', 'Calls that read what is sensitive'],
  ['write', 'Calls that write'],
  ['external', 'Calls that reach outside'],
  ['other', 'Sessions, decisions, settings'],
];

/** Each class with what is sent of it. */
export function sendingRows(sending: SyncSending): { readonly what: string; readonly form: SyncForm }[] {
  return CLASSES.map(([name, what]) => ({ what, form: sending[name] }));
}
