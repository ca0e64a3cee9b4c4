/** What still keeps a yes from being given, besides the dead time. */
import type { AskSubject, CallSubject } from '../../main/contract/ask.ts';
import { comparable, isChangeCut } from '../ui/comparable.ts';
import { cutArguments } from '../ui/cutArguments.ts';
import { passcodeFault } from './passcodes.ts';

/** What the person typed and opened so far. */
export interface Given {
  readonly opened: ReadonlySet<string>;
  readonly passcode: string;
  /** Typed again, when it is the first one. */
  readonly passcodeAgain: string;
  readonly value: string;
  readonly again: string;
}

/** How a change to a file is named among what was opened. */
export const changePart = (index: number): string => `change ${index}`;

/** The parts of a call that are not wholly shown at first: pointers of arguments, and changes to files. Costs a comparison. */
export function cutParts(subject: AskSubject): string[] {
  const call = subject.kind === 'countersign' ? subject.call : subject;
  if (call.kind !== 'call') return [];
  const { changes = [] } = call;
  const elsewhere = shownInChange(call);
  return [
    ...changes.flatMap((change, index) => (isChangeCut(change) ? [changePart(index)] : [])),
    ...cutArguments(call.arguments.filter(({ pointer }) => pointer !== elsewhere)),
  ];
}

/** Pointer of the argument whose whole text stands in the first change, when that is shown line by line. */
export function shownInChange({ changes }: CallSubject): string | undefined {
  const [first] = changes ?? [];
  return first !== undefined && comparable(first) !== null ? first.content : undefined;
}

/** Whether a yes needs the server's name typed: something severe was found in its launch. */
export function needsName(subject: AskSubject): subject is Extract<AskSubject, { kind: 'consent' }> {
  return subject.kind === 'consent' && subject.findings.some(({ severity }) => severity === 'severe');
}

/** Servers whose launches have to come into sight before a yes. */
function unseenLaunches(subject: AskSubject): string[] {
  return subject.kind === 'consents' ? subject.launches.map(({ server }) => server) : [];
}

/** The first thing to do before a yes can be given, the proof of the person aside, in a sentence; undefined when there is none. `cut` is what `cutParts` found. */
export function missing(subject: AskSubject, given: Given, cut: readonly string[]): string | undefined {
  const unopened = cut.filter((pointer) => !given.opened.has(pointer)).length;
  if (unopened > 0)
    return `Open ${unopened === 1 ? 'the part that is' : `${unopened} parts that are`} not shown before you allow.`;
  if (subject.kind === 'secret' && subject.value === 'typed' && given.value === '') return 'Type the secret’s value.';
  if (subject.kind === 'passcode') {
    const fault = passcodeFault(given.value, given.again);
    if (fault !== undefined) return fault;
  }
  const unseen = unseenLaunches(subject).filter((server) => !given.opened.has(server)).length;
  if (unseen > 0) return `Look through all the launches: ${unseen} of them ${unseen === 1 ? 'is' : 'are'} below.`;
  if (needsName(subject) && given.value !== subject.server) return 'Type the server’s name to accept what is severe.';
  return undefined;
}
