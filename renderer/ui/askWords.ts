/** What an ask is about, in the product's own words. */
import type { AskKind, AskSubject, AskView } from '../../main/contract/ask.ts';
import { CLIENT_NAMES } from '../../main/contract/client.ts';
import { proofWords } from '../../main/contract/personProof.ts';
import { retentionWords } from '../../main/contract/retention.ts';
import { secretTitle, secretVerb } from '../../main/contract/secretWords.ts';
import { scopeWords } from '../../main/contract/switch.ts';
import { definitionsWords } from '../../main/contract/tool.ts';

export const KIND_WORDS: Record<AskKind, string> = {
  call: 'Tool call',
  consent: 'Launch',
  consents: 'Launches',
  protect: 'Clients',
  unprotect: 'Clients',
  leave: 'Clients',
  project: 'Project',
  pin: 'Tools',
  secret: 'Secret',
  policy: 'Policy',
  switch: 'Switch',
  revive: 'Kill switch',
  passcode: 'Passcode',
  enrol: 'Collector',
  unsync: 'Collector',
  retention: 'Retention',
  proof: 'Proof of you',
  approver: 'Second person',
  countersign: 'For somebody else',
};

/** One sentence: verb, object, place. For a call it is the daemon's own effect sentence. */
export function askSentence(subject: AskSubject): string {
  switch (subject.kind) {
    case 'call':
      return subject.effect;
    case 'consent':
      return subject.differences.length > 0
        ? `Let ${subject.server} run with ${count(subject.differences.length, 'change')}`
        : `Let ${subject.server} run on this machine`;
    case 'consents':
      return `Let ${count(subject.launches.length, 'server')} run on this machine`;
    case 'protect':
      return `Put ${count(subject.changes.length, 'server')} of your clients behind Countersign`;
    case 'unprotect':
      return `Let clients start ${count(subject.changes.length, 'server')} around Countersign`;
    case 'leave':
      return `Let ${CLIENT_NAMES[subject.client]} go on starting ${subject.entry.name} around Countersign`;
    case 'project':
      return `Read the client configuration in ${subject.folder}`;
    case 'pin':
      return pinSentence(subject);
    case 'secret':
      return secretTitle(subject);
    case 'policy':
      return `Put ${count(subject.files.length, 'changed policy file')} into force`;
    case 'switch':
      return `Switch ${subject.server} on again`;
    case 'revive':
      return `Switch ${scopeWords(subject.scope)} on again`;
    case 'passcode':
      return subject.replaces ? 'Replace the passcode' : 'Choose a passcode';
    case 'enrol':
      return `Send this ledger to ${new URL(subject.url).host}`;
    case 'unsync':
      return subject.what === 'pause'
        ? `Stop sending to ${subject.organisation} for a while`
        : `Leave ${subject.organisation} and send nothing more`;
    case 'retention':
      return `Keep what was asked and answered ${retentionWords(subject.after)}`;
    case 'proof':
      return `Ask for less proof of you: only ${proofWords(subject.to)}`;
    case 'approver':
      return `Let ${subject.name} approve as a second person`;
    case 'countersign':
      return `Countersign ${subject.call.tool} of ${subject.call.server} for ${subject.from.name}`;
  }
}

/** The button that says yes. */
export function allowWords({ subject, via }: Pick<AskView, 'subject' | 'via'>): string {
  switch (subject.kind) {
    case 'call':
      return via === null ? 'Allow once' : 'Allow the retry';
    case 'consent':
      return 'Agree to this launch';
    case 'consents':
      return `Agree to ${count(subject.launches.length, 'launch', 'launches')}`;
    case 'protect':
      return 'Protect';
    case 'unprotect':
      return 'Put back';
    case 'leave':
      return 'Leave it as it is';
    case 'project':
      return 'Read it';
    case 'pin':
      return `Accept ${definitionsWords(subject.tools.map(({ kind }) => kind))}`;
    case 'secret':
      return secretVerb(subject);
    case 'policy':
      return 'Put into force';
    case 'switch':
    case 'revive':
      return 'Switch on';
    case 'passcode':
      return subject.replaces ? 'Replace passcode' : 'Set passcode';
    case 'enrol':
      return 'Enrol and send';
    case 'unsync':
      return subject.what === 'pause' ? 'Pause' : 'Leave';
    case 'retention':
      return subject.drops.payloads === 0 ? 'Agree' : `Drop ${count(subject.drops.payloads, 'payload')}`;
    case 'proof':
      return 'Ask for less';
    case 'approver':
      return 'Enrol';
    case 'countersign':
      return 'Countersign';
  }
}

/** `1 tool`, `3 tools`; the plural where it is not just an `s`. */
export function count(n: number, word: string, words = `${word}s`): string {
  return `${n.toLocaleString()} ${n === 1 ? word : words}`;
}

function pinSentence(subject: Extract<AskSubject, { kind: 'pin' }>): string {
  const unasked = subject.tools.filter((tool) => tool.class === 'read').length;
  const what = `Accept ${definitionsWords(subject.tools.map(({ kind }) => kind))} of ${subject.server}`;
  return unasked === 0 ? what : `${what}; ${unasked} will run without asking`;
}
