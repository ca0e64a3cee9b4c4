/** Which grants are on offer for a call, and what the calls of one grant have in common (SECURITY.md rule 10). */
import type { GrantLife, GrantOffers, GrantReach } from '../../contract/grant.ts';
import type { ToolClass } from '../../contract/tool.ts';
import { type FactNode, pointerStep } from './facts.ts';
import { RECEIVERS } from './fields.ts';
import { commonFolder, holdsCredentials } from './places.ts';
import { propertyNames } from './propertyNames.ts';
import { nameWords } from './verbs.ts';

const words = (list: string) => new Set(list.split(' '));

/** Shell, delete, send, credentials: no standing approval for these, whatever class a person gave the tool. */
const NEVER_TOOL = words(
  'execute exec eval shell bash sh zsh powershell pwsh ssh sudo command cmd script terminal spawn kill run invoke delete ' +
    'remove drop destroy purge prune clean clear discard erase wipe trash empty truncate unlink rm uninstall revoke ' +
    'reset send email mail post publish upload submit tweet notify broadcast share invite message reply push deploy pay ' +
    'purchase buy transfer secret secrets token tokens password passwords credential credentials login auth cookie cookies',
);
const NEVER_PARAMETER = new Set([
  ...words('command cmd shell script code sql expression program to url uri webhook endpoint'),
  ...words('password passphrase secret token credential credentials apikey'),
  ...RECEIVERS,
]);
const PATH = words('path paths file files filename folder dir directory source destination src dst target root cwd');
const TEXT = words('content contents text body string str');

const LIVES: readonly GrantLife[] = [
  { kind: 'session' },
  { kind: 'minutes', minutes: 15 },
  { kind: 'minutes', minutes: 60 },
  { kind: 'uses', uses: 5 },
];

/** The call as offers depend on it. */
export interface OfferedCall {
  readonly tool: string;
  readonly class: ToolClass;
  readonly approvals: number;
  /** Whether the tool is pinned as it is now. */
  readonly reviewed: boolean;
  readonly inputSchema: unknown;
  /** A request for content names the one thing it is about: there is nothing to widen it to. */
  readonly content?: boolean;
  readonly shape: ArgumentShape;
  /** The path arguments with links resolved; null where one could not be. */
  readonly places: readonly (string | null)[];
  /** The person's home folder. */
  readonly home: string;
}

/** What a yes to this call may be widened to; null when it is good once or not at all. */
export function grantOffers(call: OfferedCall): GrantOffers | null {
  if (call.approvals !== 1 || !call.reviewed || call.class === 'external' || neverGranted(call)) return null;
  const places = call.places.filter((place) => place !== null);
  const whole = places.length === call.places.length;
  const folder = whole && places.length > 0 ? commonFolder(places, call.home) : null;
  const reaches: GrantReach[] = [{ kind: 'same' }];
  if (folder !== null && !call.content) reaches.push({ kind: 'folder', folder });
  if (call.class !== 'write' && !call.content) reaches.push({ kind: 'any' });
  return { lives: [...LIVES], reaches };
}

function neverGranted({ tool, inputSchema, shape, places }: OfferedCall): boolean {
  if (nameWords(tool).some((word) => NEVER_TOOL.has(word))) return true;
  if (propertyNames(inputSchema).some((name) => nameWords(name).some((word) => NEVER_PARAMETER.has(word)))) return true;
  return [...shape.paths, ...places].some((place) => place !== null && holdsCredentials(place));
}

/** Arguments sorted by what a grant for a folder lets differ. */
export interface ArgumentShape {
  /** The values of path arguments: each has to be inside the folder. */
  readonly paths: readonly string[];
  /** Where paths may stand (pointers without array positions), and everything that is neither path nor text, as it is. */
  readonly fixed: readonly (readonly [pointer: string, value: string | null])[];
}

/**
 * Sorts arguments: text in fields named for text may differ, whatever is named or looks like a path must lie in the
 * folder, and everything else stays as it was shown. What is unclear counts as fixed, so that the person is asked.
 */
export function argumentShape(node: FactNode | null): ArgumentShape {
  const paths: string[] = [];
  const fixed = new Map<string, string | null>();
  const visit = (value: FactNode, pointer: string, named: readonly string[]): void => {
    if (value.kind === 'object' && value.members.length > 0) {
      for (const { key, value: inner } of value.members) visit(inner, `${pointer}/${pointerStep(key)}`, nameWords(key));
    } else if (value.kind === 'array' && value.items.length > 0) {
      value.items.forEach((item, index) => void visit(item, `${pointer}/${index}`, named));
    } else if (value.kind === 'string') {
      const pathNamed = named.some((word) => PATH.has(word));
      if (pathNamed || (!named.some((word) => TEXT.has(word)) && looksLikePath(value.value))) {
        paths.push(value.value);
        fixed.set(`path ${pointer.replace(/\/\d+$/, '')}`, null);
      } else if (!named.some((word) => TEXT.has(word))) fixed.set(pointer, value.value);
    } else fixed.set(pointer, value.kind === 'number' ? value.text : value.kind);
  };
  if (node !== null) visit(node, '', []);
  return { paths, fixed: [...fixed].sort(([a], [b]) => (a < b ? -1 : 1)) };
}

function looksLikePath(text: string): boolean {
  return /^(?:[/\\~]|\.{1,2}[/\\]|[A-Za-z]:[/\\]|file:)/.test(text);
}
