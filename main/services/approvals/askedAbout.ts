/** What a person was asked about, as the ledger keeps it: before and after, so that the change can be told from it. */
import type { AskSubject } from '../../contract/ask.ts';
import type { Launch, LaunchDifference } from '../../contract/launch.ts';
import type { Payload } from '../../contract/record.ts';
import { withoutValues } from '../../core/launch/digest.ts';
import { utf8 } from '../../core/ledger/utf8.ts';

/**
 * The whole question as it was shown; of a call what it changes in files, since its arguments are kept with what becomes of
 * it, and what was there before nowhere else.
 */
export function askedAbout(subject: AskSubject): Payload | undefined {
  if (subject.kind !== 'call') return kept(unvalued(subject));
  const { kind, changes = [] } = subject;
  return changes.length === 0 ? undefined : kept({ kind, changes });
}

function kept(subject: object): Payload {
  return { kind: 'subject', bytes: utf8(JSON.stringify(subject)) };
}

/** Values in an environment may be anything: their names and keyed digests tell what changed. */
function unvalued(subject: AskSubject): AskSubject {
  switch (subject.kind) {
    case 'consent':
      return { ...subject, ...withoutLiterals(subject) };
    case 'consents':
      return { ...subject, launches: subject.launches.map((one) => ({ ...one, ...withoutLiterals(one) })) };
    case 'secret': {
      const { helper } = subject;
      return helper ? { ...subject, helper: { ...helper, launch: withoutValues(helper.launch) } } : subject;
    }
    default:
      return subject;
  }
}

function withoutLiterals({ launch, differences }: { launch: Launch; differences: readonly LaunchDifference[] }) {
  return {
    launch: withoutValues(launch),
    differences: differences.map((one) =>
      one.where.startsWith('env ')
        ? { where: one.where, before: one.before && 'a value', after: one.after && 'a value' }
        : one,
    ),
  };
}
