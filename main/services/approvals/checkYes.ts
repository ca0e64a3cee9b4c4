import type { AskAnswer, AskSubject } from '../../contract/ask.ts';
import { Refused } from '../../contract/errors.ts';
import { isOffered } from './offered.ts';
import type { Answer } from './ports.ts';

/** What a yes to this has to bring, and by which ways it may come. Throws `Refused`. */
export function checkYes(subject: AskSubject, { value, grant }: AskAnswer, via: NonNullable<Answer['via']>): void {
  const call = subject.kind === 'countersign' ? subject.call : subject;
  if (via !== 'window' && call.kind === 'call' && call.class === 'external') throw new Refused('WINDOW_NEEDED');
  if (via !== 'window' && subject.kind === 'passcode')
    throw new Refused('NOT_APPROVER', 'a passcode is typed in the app, or on the terminal where the daemon starts');
  const needsValue = subject.kind === 'passcode' || (subject.kind === 'secret' && subject.value === 'typed');
  if (needsValue && !value) throw new Refused('INPUT_INVALID', 'a value has to be typed');
  const severe = subject.kind === 'consent' && subject.findings.some(({ severity }) => severity === 'severe');
  if (severe && value !== subject.server)
    throw new Refused('INPUT_INVALID', 'a severe finding is accepted only by typing the server’s name');
  if (grant && !isOffered(subject, grant)) throw new Refused('INPUT_INVALID', 'this grant is not on offer');
}
