/** What a person should know of a secret, from its facts (PRODUCT.md K3). */
import type { SecretConcern, SecretInfo } from '../../contract/secret.ts';
import type { Settings } from '../../contract/settings.ts';

const DAY_MS = 86_400_000;
/** What was set just now is about to be used. */
const UNUSED_AFTER_DAYS = 7;

/** Worst first. `now` is a timestamp; `environmentOf` says what another secret is for. */
export function concernsOf(
  secret: Omit<SecretInfo, 'concerns'> & { readonly lost: boolean },
  now: string,
  reminders: Settings['reminders'],
  environmentOf: (name: string) => string | null,
): { id: SecretConcern; text: string }[] {
  const found: { id: SecretConcern; text: string }[] = [];
  const add = (id: SecretConcern, text: string) => found.push({ id, text });
  const at = Date.parse(now);
  if (secret.lost) add('lost', 'The record of who may get it was altered or removed, so nobody gets it. Set it again.');
  if (secret.expiresAt !== null) {
    const left = (Date.parse(secret.expiresAt) - at) / DAY_MS;
    if (left <= 0) add('expired', 'It has expired: servers that use it will be turned away. Rotate it.');
    else if (left <= reminders.expiryWithinDays) add('expires-soon', `It expires ${within(left)}.`);
  }
  const age = Math.floor((at - Date.parse(secret.setAt)) / DAY_MS);
  // What only puts a client’s entry back is a text of a file: another one would put back something else.
  const issued = secret.usedBy.length > 0 || secret.putsBack.length === 0;
  if (secret.helper === null && issued && age >= reminders.oldAfterDays)
    add('old', `It is ${age} days old: rotate it.`);
  for (const other of secret.sameAs) {
    const [here, there] = [secret.environment, environmentOf(other)];
    add(
      'same-value',
      here !== there && here !== null && there !== null
        ? `${other} holds the same value: what leaks in ${there} opens ${here} too.`
        : `${other} holds the same value: keep one of the two, or give each its own.`,
    );
  }
  if (secret.usedBy.length > 1) {
    add('shared', `${secret.usedBy.length} servers use it: a leak in one is a leak of all.`);
  }
  if (secret.usedBy.length === 0 && issued && age >= UNUSED_AFTER_DAYS)
    add('unused', 'Nothing here uses it: if nothing else does, revoke it.');
  return found;
}

function within(days: number): string {
  if (days < 1) return 'within a day';
  return days < 2 ? 'tomorrow' : `in ${Math.floor(days)} days`;
}
