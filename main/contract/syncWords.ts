/** What is sent, in words that prompts in windows and terminals share. */
import type { SyncForm, SyncSending } from './sync.ts';

export const FORM_WORDS: Record<SyncForm, string> = {
  everything: 'everything: arguments, results and reasons, secrets masked',
  facets: 'who, what, when and the verdict; no arguments, no results',
  hash: 'a hash alone: that there is a record, not what it says',
};

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
