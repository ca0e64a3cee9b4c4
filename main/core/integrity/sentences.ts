/** Sentences about one text or one value that changed. */

import { canonicalJson } from '../ledger/canonical.ts';

/** How many more findings there are at this JSON pointer than there were. */
export type Found = (pointer: string) => number;

const SHOWN = 60;
const ADDRESSES = 2;

/** Whether two JSON values are the same in RFC 8785 form; undefined stands for what is not there. */
export function same(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined) return one === other;
  return canonicalJson(one) === canonicalJson(other);
}

/** A value as JSON text, cut to what a sentence can hold; “nothing” where there is none. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`;
}

/** What became of a text: how much longer or shorter, which addresses it names now, and what stands out in it. */
export function textMeaning(
  what: string,
  before: unknown,
  after: unknown,
  pointer: string,
  found: Found,
  more = '',
): string[] {
  if (same(before, after)) return [];
  if (typeof after !== 'string' && after !== undefined) return valueMeaning(what, before, after, pointer, found);
  const [was, now] = [typeof before === 'string' ? before : '', after ?? ''];
  const findings = found(pointer);
  const parts = [
    before === undefined
      ? `was added (${characters(now.length)})`
      : after === undefined
        ? 'was removed'
        : grown(was.length, now.length),
    ...addresses(was, now).map((address) => `names the address ${shown(address)} now`),
    ...(findings > 0
      ? [`holds ${findings === 1 ? 'something' : `${findings} things`} that a review should stop at`]
      : []),
  ];
  return [`${what} ${parts.join(', and ')}.${more === '' || after === undefined ? '' : ` ${more}`}`];
}

/** What became of a value that no sentence of its own speaks about. */
export function valueMeaning(what: string, before: unknown, after: unknown, pointer: string, found: Found): string[] {
  if (typeof before === 'string' && typeof after === 'string' && before.length + after.length > SHOWN)
    return textMeaning(capital(what), before, after, pointer, found);
  const findings = found(pointer);
  const stop =
    findings > 0
      ? ` It holds ${findings === 1 ? 'something' : `${findings} things`} that a review should stop at.`
      : '';
  if (before === undefined) return [`${capital(what)} was added: ${shown(after)}.${stop}`];
  if (after === undefined) return [`${capital(what)} was removed. It was ${shown(before)}.`];
  return [`${capital(what)} went from ${shown(before)} to ${shown(after)}.${stop}`];
}

function grown(was: number, now: number): string {
  if (was === now) return 'was reworded at the same length';
  return now > was ? `gained ${characters(now - was)}` : `lost ${characters(was - now)}`;
}

function characters(n: number): string {
  return `${n.toLocaleString('en')} ${n === 1 ? 'character' : 'characters'}`;
}

/** Addresses that the new text names and the old one does not. */
function addresses(before: string, after: string): string[] {
  const of = (text: string) => new Set(text.match(/https?:\/\/[^\s"'<>)\]]{1,200}/gi));
  return [...of(after).difference(of(before))].slice(0, ADDRESSES);
}

/** The same with a capital letter in front; code stays as it is. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
