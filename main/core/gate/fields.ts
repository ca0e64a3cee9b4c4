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

const HOST = words('host hosts hostname hostnames domain domains');
const ADDRESS = words('url urls uri uris href');
const OPTION = words('option options opts flag flags switch switches');
const FOLDER = words('folder dir directory cwd workdir root repo repository workspace project base');
/** Who is to get something; `to` alone is one, and in other names a direction. */
export const RECEIVERS = words('cc bcc recipient recipients receiver receivers attendee attendees invitee invitees');

/** Whether any step of a JSON pointer names who is to get something. */
export function namesReceiver(pointer: string): boolean {
  return pointer.split('/').some((step) => nameWords(step).some((word) => word === 'to' || RECEIVERS.has(word)));
}

/** What an argument seems to take, by the words of its name. */
export interface Field {
  readonly path: boolean;
  /** A folder, which other arguments may be meant relative to. */
  readonly folder: boolean;
  /** An address. */
  readonly address: boolean;
  /** Options of a program, by its name. */
  readonly option: boolean;
  /** A host alone. */
  readonly host: boolean;
  /** A name of something, such as a branch. */
  readonly reference: boolean;
  /** Text for people, where any character is at home. */
  readonly text: boolean;
  /** Something searched with, or an address, where special characters are at home. */
  readonly pattern: boolean;
  /** Something to run. */
  readonly code: boolean;
}

/** The name a JSON pointer (RFC 6901) ends in, escaped as it is; positions in a list belong to the list's name. */
export function nameAt(pointer: string): string {
  return pointer.replace(/(?:\/\d+)+$/, '').replace(/^.*\//s, '');
}

/** Says of JSON pointers which field each ends in. Names are looked at once: arguments can be lists of many thousands. */
export function fieldFinder(): (pointer: string) => Field {
  const known = new Map<string, Field>();
  return (pointer) => {
    const name = nameAt(pointer);
    const found = known.get(name) ?? fieldNamed(name);
    known.set(name, found);
    return found;
  };
}

function fieldNamed(name: string): Field {
  const parts = nameWords(name);
  const has = (set: ReadonlySet<string>) => parts.some((part) => set.has(part));
  return {
    path: has(PATH),
    folder: has(FOLDER),
    address: has(ADDRESS),
    host: has(HOST),
    option: has(OPTION),
    reference: has(REFERENCE),
    text: has(TEXT),
    pattern: has(PATTERN),
    code: has(CODE),
  };
}
