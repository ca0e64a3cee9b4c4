import type { AskSubject, CallSubject } from '../../../contract/ask.ts';
import { CLIENT_NAMES } from '../../../contract/client.ts';
import { proofWords } from '../../../contract/personProof.ts';
import { droppedWords, retentionWords } from '../../../contract/retention.ts';
import { secretTitle } from '../../../contract/secretWords.ts';
import { scopeWords } from '../../../contract/switch.ts';
import { definitionsWords } from '../../../contract/tool.ts';
import { columns } from '../columns.ts';
import { definitionName } from '../definitionName.ts';
import type { Paint } from '../paint.ts';
import { visible, visibleLines } from '../visible.ts';
import { changeText } from './changeText.ts';
import { className } from './className.ts';
import { entryText } from './clientText.ts';
import { enrolText } from './enrolText.ts';
import { fileChange } from './fileChange.ts';
import { findingLines } from './findings.ts';
import { findingText } from './findingText.ts';
import { differenceText, launchText } from './launchText.ts';
import { truthText } from './packageText.ts';
import { protectText, unprotectText } from './planText.ts';
import { secretText } from './secretText.ts';
import { shownValue } from './value.ts';

/** The effect in one sentence, ours: verb, object, place. */
export function headline(subject: AskSubject): string {
  switch (subject.kind) {
    case 'call':
      return visible(subject.effect);
    case 'consent':
      return `Let the server ${subject.server} run this program`;
    case 'consents':
      return `Let ${words(subject.launches.length, 'server')} run what follows: ${subject.launches.map(({ server }) => server).join(', ')}`;
    case 'protect':
      return `Put ${words(subject.changes.length, 'server')} of your clients behind Countersign`;
    case 'unprotect':
      return `Let clients start ${words(subject.changes.length, 'server')} around Countersign`;
    case 'leave':
      return `Let ${CLIENT_NAMES[subject.client]} go on starting ${visible(subject.entry.name)} around Countersign`;
    case 'project':
      return `Read the client configuration in ${visible(subject.folder)}`;
    case 'pin':
      return `Let clients have ${definitionsWords(subject.tools.map(({ kind }) => kind))} of ${subject.server}`;
    case 'secret':
      return secretTitle(subject);
    case 'policy':
      return 'Put a changed policy into force';
    case 'switch':
      return `Switch the server ${subject.server} on`;
    case 'revive':
      return `Switch on again: ${visible(scopeWords(subject.scope))}`;
    case 'passcode':
      return subject.replaces ? 'Choose a new passcode' : 'Choose a passcode';
    case 'proof':
      return `Ask for less proof of you: ${proofWords(subject.to)}`;
    case 'approver':
      return `Let ${visible(subject.name)} approve as a second person`;
    case 'enrol':
      return `Send this ledger to ${visible(subject.url)}`;
    case 'unsync':
      return `${subject.what === 'pause' ? 'Stop sending for a while' : 'Send nothing more'} to ${visible(subject.organisation)}`;
    case 'retention':
      return `Keep what was asked and answered ${retentionWords(subject.after)}`;
    case 'countersign':
      return `Countersign ${visible(subject.call.tool)} of ${subject.call.server} for ${visible(subject.from.name)}`;
  }
}

/** Everything that an approval of this subject would agree to. `cut` when a value is shown in part. */
export function subjectText(subject: AskSubject, paint: Paint, full: boolean): { lines: string[]; cut: boolean } {
  switch (subject.kind) {
    case 'call':
      return callText(subject, paint, full);
    case 'consent':
      return { lines: consentText(subject, paint), cut: false };
    case 'consents':
      return {
        lines: subject.launches.flatMap((launch) => ['', paint.bold(launch.server), ...consentText(launch, paint)]),
        cut: false,
      };
    case 'protect':
      return { lines: protectText(subject, paint), cut: false };
    case 'unprotect':
      return { lines: unprotectText(subject, paint), cut: false };
    case 'leave':
      return { lines: entryText(subject, paint), cut: false };
    case 'project':
      return { lines: ['Files there are read as text; nothing in them is run.'], cut: false };
    case 'pin':
      return pinText(subject, paint, full);
    case 'secret':
      return { lines: secretText(subject, paint), cut: false };
    case 'policy':
      return { lines: subject.files.flatMap((file) => fileChange(file, paint)), cut: false };
    case 'switch':
    case 'revive':
    case 'passcode':
      return { lines: [], cut: false };
    case 'proof':
      return {
        lines: columns([
          ['now', proofWords(subject.from)],
          ['then', proofWords(subject.to)],
        ]),
        cut: false,
      };
    case 'approver':
      return {
        lines: [
          ...columns([
            [paint.dim('key'), subject.key],
            [paint.dim('fingerprint'), subject.fingerprint],
          ]),
          'Compare the fingerprint with what "countersign approvers me" prints on that device.',
        ],
        cut: false,
      };
    case 'enrol':
      return { lines: enrolText(subject, paint), cut: false };
    case 'unsync':
      return {
        lines: columns([[paint.dim('not received yet'), `${subject.waiting} records, which stay here`]]),
        cut: false,
      };
    case 'retention':
      return {
        lines: columns([
          [paint.dim('until now'), retentionWords(subject.before)],
          [paint.dim('from now on'), retentionWords(subject.after)],
          [paint.dim('dropped at once'), droppedWords(subject.drops)],
        ]),
        cut: false,
      };
    case 'countersign':
      return countersignText(subject, paint, full);
  }
}

const words = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

/** What was found in a launch, all of it, and what changed. */
function consentText(
  { launch, findings, differences, truth }: Omit<Extract<AskSubject, { kind: 'consent' }>, 'kind'>,
  paint: Paint,
): string[] {
  return [
    ...findingText(launch, findings, paint),
    ...launchText(launch, paint),
    ...(truth === undefined ? [] : ['', ...truthText(truth, paint)]),
    ...(differences.length === 0
      ? []
      : ['', paint.bold('Changed since it was agreed to'), ...differenceText(differences, paint)]),
  ];
}

/** Somebody else's call: who asks comes first, and what their device says of it is theirs. */
function countersignText(
  { from, deadline, call }: Extract<AskSubject, { kind: 'countersign' }>,
  paint: Paint,
  full: boolean,
): { lines: string[]; cut: boolean } {
  const known = from.enrolledAs === null ? paint.warn('not known here') : `known here as ${visible(from.enrolledAs)}`;
  const who = columns([
    [paint.dim('for'), `${visible(from.name)}, where ${visible(from.person)} has allowed it`],
    [paint.dim('device'), `${from.fingerprint}  ${known}`],
    [paint.dim('until'), deadline],
  ]);
  const { lines, cut } = callText(call, paint, full);
  return { lines: [...who, '', paint.dim('what their device shows of it:'), visible(call.effect), '', ...lines], cut };
}

function callText(call: CallSubject, paint: Paint, full: boolean): { lines: string[]; cut: boolean } {
  const changes = (call.changes ?? []).map((change) => changeText(change, paint, full));
  const values = call.arguments.map(({ pointer, json }) => ({ pointer, ...shownValue(json, full) }));
  const who = [call.client.name ?? 'a client that gave no name', call.client.version]
    .filter((part) => part !== null)
    .join(' ');
  const facts = [
    ['asks', `${visible(who)} ${paint.dim(`(as it says), program ${visible(call.client.program ?? 'unknown')}`)}`],
    ['tool', `${paint.bold(visible(call.tool))} of ${call.server}  ${className(call.class, paint)}`],
    ...call.reasons.map((reason, index) => [index === 0 ? 'because' : '', visible(reason)]),
    [
      'rule',
      `${visible(call.rule.id)}${call.rule.file === null ? '' : paint.dim(`  ${visible(call.rule.file)}:${call.rule.line ?? '?'}`)}`,
    ],
    ['undo', visible(call.undo)],
  ];
  return {
    lines: [
      ...columns(facts.map(([label, value]) => [paint.dim(label ?? ''), value ?? ''])),
      '',
      ...(changes.length === 0 ? [] : [paint.dim('what would change'), ...changes.flatMap(({ lines }) => lines), '']),
      paint.dim(values.length === 0 ? 'no arguments' : 'arguments'),
      ...columns(values.map(({ pointer, text }) => ['', paint.accent(visible(pointer) || '/'), text])),
      ...(call.serverSays === null
        ? []
        : [
            '',
            paint.dim('the server says of this tool:'),
            ...visibleLines(call.serverSays).map((line) => paint.dim(`  │ ${line}`)),
          ]),
    ],
    cut: [...values, ...changes].some(({ cut }) => cut),
  };
}

/** Definitions with their classes, what their change could mean and what stands out in them; the definitions themselves, the server's own words, only when `full`. */
function pinText(
  { tools }: Extract<AskSubject, { kind: 'pin' }>,
  paint: Paint,
  full: boolean,
): { lines: string[]; cut: boolean } {
  const rows = tools.map((tool) => [
    '',
    visible(definitionName(tool)),
    tool.kind === 'tool' ? className(tool.class, paint) : '',
    paint.dim(tool.change === 'class' ? `was ${tool.was ?? 'not reviewed'}` : tool.change),
    paint.dim(tool.digest.slice(0, 19)),
  ]);
  const definitions = tools.flatMap((tool) => [
    '',
    paint.bold(visible(definitionName(tool))),
    paint.dim(visible(tool.definition)),
  ]);
  const findings = tools.flatMap((tool) => {
    const { findings: found = [], meaning = [] } = tool;
    const said = [
      ...meaning.map((sentence) => `${paint.warn('≠')} ${visible(sentence)}`),
      ...findingLines(found, paint),
    ];
    return said.length === 0 ? [] : ['', paint.bold(visible(definitionName(tool))), ...said];
  });
  const lines = [...columns(rows), ...findings];
  return { lines: full ? [...lines, ...definitions] : lines, cut: !full };
}
