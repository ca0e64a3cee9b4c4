import type { AskView } from '../../contract/ask.ts';
import { scopeWords } from '../../contract/switch.ts';

interface Notice {
  readonly title: string;
  readonly body: string;
}

/**
 * What a notification says of the newest of `waiting` asks: who and what by name, never arguments, which may be read on a
 * locked screen.
 */
export function askNotice({ subject }: AskView, waiting: number): Notice {
  const { title, body } = subjectNotice(subject);
  return { title, body: waiting === 1 ? body : `${body} ${waiting} asks wait.` };
}

function subjectNotice(subject: AskView['subject']): Notice {
  switch (subject.kind) {
    case 'call':
      return { title: `${subject.tool} wants to run`, body: `Server ${subject.server}. Open Countersign to decide.` };
    case 'consent':
      return { title: `Consent for ${subject.server}`, body: 'Open Countersign to see what it would run.' };
    case 'consents':
      return {
        title: `Consent for ${subject.launches.length} servers`,
        body: 'Open Countersign to see what they would run.',
      };
    case 'protect':
      return { title: 'Clients would be protected', body: 'Open Countersign to see what is written.' };
    case 'unprotect':
      return { title: 'A client would go around Countersign', body: 'Open Countersign to decide.' };
    case 'leave':
      return { title: 'A client’s server would stay as it is', body: 'Open Countersign to see what it launches.' };
    case 'project':
      return { title: 'Read the configuration of a project?', body: 'Open Countersign to decide.' };
    case 'pin':
      return { title: `Tools of ${subject.server}`, body: 'Open Countersign to accept their definitions.' };
    case 'secret':
      return { title: `Secret ${subject.name}`, body: 'Open Countersign to decide whether it is stored.' };
    case 'policy':
      return { title: 'The policy would change', body: 'Open Countersign to see the difference.' };
    case 'switch':
      return { title: `Switch ${subject.server} on again?`, body: 'Open Countersign to decide.' };
    case 'revive':
      return { title: `Switch ${scopeWords(subject.scope)} on again?`, body: 'Open Countersign to decide.' };
    case 'passcode':
      return { title: 'A new passcode', body: 'Open Countersign to type it.' };
    case 'enrol':
      return {
        title: 'Send the ledger to a collector?',
        body: 'Open Countersign to see what would leave this machine.',
      };
    case 'unsync':
      return { title: `Send nothing more to ${subject.organisation}?`, body: 'Open Countersign to decide.' };
    case 'retention':
      return { title: 'How long payloads are kept', body: 'Open Countersign to see what would be dropped.' };
    case 'proof':
      return { title: 'Less proof of you would be asked', body: 'Open Countersign to decide.' };
    case 'approver':
      return { title: `${subject.name} as a second person`, body: 'Open Countersign to compare its key.' };
    case 'countersign':
      return { title: `${subject.from.person} wants your countersignature`, body: 'Open Countersign to decide.' };
  }
}
