/** What the name of an argument says about its value. Names prove nothing: these only decide what is worth a look. */
import { nameWords } from './verbs.ts';

const words = (list: string) => new Set(list.split(' '));

const PATH = words('path paths file files filename folder dir directory source destination src dst cwd root repo');
const REFERENCE = words('ref refs revision rev branch tag commit remote target base head name package');
const TEXT = words(
  'content contents text body message messages title subject description comment note notes summary markdown html ' +
    'prompt input reason thought data value observation observations string str caption',
);
const PATTERN = words('pattern patterns query regex glob search filter selector url urls uri uris href expression sql');
const CODE = words('command commands cmd shell script code javascript python program args argv arguments sql');

const RECEIVER = words('to cc bcc recipient recipients receiver receivers attendee attendees invitee invitees');

/** Whether any step of a JSON pointer names who is to get something. */
export function namesReceiver(pointer: string): boolean {
  return pointer.split('/').some((step) => nameWords(step).some((word) => RECEIVER.has(word)));
}

/** What an argument seems to take, by the words of its name. */
export interface Field {
  readonly path: boolean;
  /** A name of something, such as a branch. */
  readonly reference: boolean;
  /** Text for people, where any character is at home. */
  readonly text: boolean;
  /** Something searched with, or an address, where special characters are at home. */
  readonly pattern: boolean;
  /** Something to run. */
  readonly code: boolean;
}

/** The field a JSON pointer (RFC 6901) ends in; positions in a list belong to the list's name. */
export function fieldOf(pointer: string): Field {
  const name = pointer.replace(/(?:\/\d+)+$/, '').replace(/^.*\//s, '');
  const parts = nameWords(name);
  const has = (set: ReadonlySet<string>) => parts.some((part) => set.has(part));
  return {
    path: has(PATH),
    reference: has(REFERENCE),
    text: has(TEXT),
    pattern: has(PATTERN),
    code: has(CODE),
  };
}
