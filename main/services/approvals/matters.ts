import type { AskSubject } from '../../contract/ask.ts';
import { scopeWords } from '../../contract/switch.ts';

/**
 * Whether two questions are about the same thing: once one of them was answered with yes, the other shows it as it no
 * longer is ("new", "was external", "replaces nothing"). Calls each stand for themselves.
 */
export function shareMatter(one: AskSubject, other: AskSubject): boolean {
  const matters = new Set(mattersOf(one));
  return mattersOf(other).some((matter) => matters.has(matter));
}

/** What a yes to it changes, by name. */
function mattersOf(subject: AskSubject): string[] {
  switch (subject.kind) {
    case 'call':
      return [];
    case 'consent':
      return [`launch of ${subject.server}`];
    case 'consents':
      return subject.launches.map(({ server }) => `launch of ${server}`);
    case 'pin':
      return subject.tools.map(({ kind, name }) => `${kind} ${name} of ${subject.server}`);
    case 'protect':
      return [...filesOf(subject), ...subject.secrets.map(({ name }) => `secret ${name}`)];
    case 'unprotect':
      return filesOf(subject);
    case 'leave':
      return [`entry ${subject.entry.id}`];
    case 'project':
      return [`project ${subject.folder}`];
    case 'secret':
      return [`secret ${subject.name}`];
    case 'switch':
      return [`server ${subject.server}`];
    case 'revive':
      return [scopeWords(subject.scope)];
    case 'approver':
      return [`approver ${subject.fingerprint}`];
    case 'countersign':
      return [`ask ${subject.ask} of ${subject.from.fingerprint}`];
    case 'enrol':
    case 'unsync':
      return ['collector'];
    case 'policy':
    case 'passcode':
    case 'proof':
    case 'retention':
      return [subject.kind];
  }
}

function filesOf({ changes }: { readonly changes: readonly { readonly file: string }[] }): string[] {
  return changes.map(({ file }) => `file ${file}`);
}
