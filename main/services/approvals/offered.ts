import type { AskSubject } from '../../contract/ask.ts';
import type { GrantChoice } from '../../contract/grant.ts';
import { canonicalJson } from '../../core/ledger/canonical.ts';

/** Whether the ask offered exactly this: an answer cannot widen what was shown. */
export function isOffered(subject: AskSubject, { life, reach }: GrantChoice): boolean {
  if (subject.kind !== 'call' || subject.offers === undefined) return false;
  const { lives, reaches } = subject.offers;
  return lives.some((one) => same(one, life)) && reaches.some((one) => same(one, reach));
}

const same = (a: object, b: object): boolean => canonicalJson(a) === canonicalJson(b);
