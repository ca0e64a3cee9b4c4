/** What the files on disk say against what was accepted. */
import { SETTINGS_FILE, type Settings } from '../../contract/settings.ts';
import type { PolicyState } from '../../contract/status.ts';
import { policyChange } from '../../core/policy/change.ts';
import { checkPolicies } from '../../core/policy/check.ts';
import { byPrecedence } from '../../core/policy/layer.ts';
import type { Cedar, Policy, PolicyFault, PolicyFile, PolicySource, ReadSettings } from './ports.ts';

/** What reads the files. */
export interface Readers {
  readonly cedar: Pick<Cedar, 'read'>;
  readonly readSettings: ReadSettings;
}

/** Files read and checked. */
export interface ReadFiles {
  readonly files: readonly PolicySource[];
  readonly policies: readonly Policy[];
  readonly settings: Settings;
  readonly faults: readonly PolicyFault[];
}

/**
 * The files as they would count if they were accepted: one with a fault stands for its accepted text, or for nothing
 * when it is new.
 */
export function readFiles(readers: Readers, disk: readonly PolicyFile[], accepted: readonly PolicySource[]): ReadFiles {
  const faults: PolicyFault[] = [];
  const files: PolicySource[] = [];
  const policies: Policy[] = [];
  let settings = noSettings(readers);
  const take = (source: PolicySource, read: ReadFile) => {
    files.push(source);
    policies.push(...read.policies);
    settings = read.settings ?? settings;
  };
  for (const source of inOrder(disk)) {
    if ('unread' in source) faults.push({ file: source.file, line: null, message: source.unread });
    else {
      const read = readFile(readers, source);
      const found = read.faults.length > 0 ? read.faults : checkPolicies(policies, read.policies);
      if (found.length === 0) {
        take(source, read);
        continue;
      }
      faults.push(...found);
    }
    const last = accepted.find(({ file }) => file === source.file);
    if (last !== undefined) take(last, readFile(readers, last));
  }
  return { files, policies, settings, faults };
}

/**
 * The files as they were accepted, each for itself: beside its older form an edited forbid that came into force at once
 * has the same name, which is no fault here.
 */
export function readAccepted(readers: Readers, files: readonly PolicySource[]): ReadFiles {
  const read = files.map((source) => readFile(readers, source));
  return {
    files,
    policies: read.flatMap(({ policies }) => policies),
    settings: read.findLast(({ settings }) => settings !== undefined)?.settings ?? noSettings(readers),
    faults: read.flatMap(({ faults }) => faults),
  };
}

interface ReadFile {
  readonly policies: readonly Policy[];
  readonly settings?: Settings;
  readonly faults: readonly PolicyFault[];
}

function readFile({ cedar, readSettings }: Readers, source: PolicySource): ReadFile {
  if (source.file !== SETTINGS_FILE) return cedar.read(source);
  const { settings, fault } = readSettings(source.text);
  return settings
    ? { policies: [], settings, faults: [] }
    : { policies: [], faults: [{ file: SETTINGS_FILE, ...fault }] };
}

function noSettings({ readSettings }: Readers): Settings {
  const { settings } = readSettings('');
  if (settings === null) throw new Error('settings cannot be left out');
  return settings;
}

/**
 * The files that come into force at once because they only tighten: all that is on disk when it does no more than
 * add forbids, and otherwise what was accepted with the added forbids put behind it, file by file. Settings never do: what
 * another role or environment means for a call, only the policies know.
 */
export function tightened(accepted: ReadFiles, disk: ReadFiles): readonly PolicySource[] {
  const change = policyChange(accepted.policies, disk.policies);
  if (!change.loosens && settingsText(accepted.files) === settingsText(disk.files)) return disk.files;
  const texts = new Map(accepted.files.map(({ file, text }) => [file, text]));
  for (const { file, text } of change.forbids) {
    texts.set(file, `${(texts.get(file) ?? '').trimEnd()}\n\n${text}\n`.trimStart());
  }
  return inOrder([...texts].map(([file, text]) => ({ file, text })));
}

/** File by file, what accepting would change; empty when nothing would. */
export function fileChanges(
  accepted: readonly PolicySource[],
  proposed: readonly PolicySource[],
): NonNullable<PolicyState['proposal']>['files'] {
  const text = (files: readonly PolicySource[], name: string) => files.find(({ file }) => file === name)?.text ?? null;
  const names = new Set([...accepted, ...proposed].map(({ file }) => file));
  return [...names]
    .sort()
    .map((file) => ({ file, before: text(accepted, file), after: text(proposed, file) }))
    .filter(({ before, after }) => before !== after);
}

const settingsText = (files: readonly PolicySource[]) => files.find(({ file }) => file === SETTINGS_FILE)?.text;
const inOrder = <File extends { readonly file: string }>(files: readonly File[]) => files.toSorted(byPrecedence);
