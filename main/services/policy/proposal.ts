/** What the files on disk, the organisation's and the person's, say against what was accepted. */
import type { PolicyState } from '../../contract/status.ts';
import { policyChange } from '../../core/policy/change.ts';
import { checkPolicies } from '../../core/policy/check.ts';
import { byPrecedence } from '../../core/policy/layer.ts';
import type { Cedar, Policy, PolicyFault, PolicySource } from './ports.ts';

/** Files read and checked. */
export interface ReadFiles {
  readonly files: readonly PolicySource[];
  readonly policies: readonly Policy[];
  readonly faults: readonly PolicyFault[];
}

/**
 * The files as they would count if they were accepted: one with a fault stands for its accepted text, or for nothing
 * when it is new.
 */
export function readFiles(cedar: Cedar, disk: readonly PolicySource[], accepted: readonly PolicySource[]): ReadFiles {
  const faults: PolicyFault[] = [];
  const files: PolicySource[] = [];
  const policies: Policy[] = [];
  for (const source of inOrder(disk)) {
    const read = cedar.read(source);
    const found = read.faults.length > 0 ? read.faults : checkPolicies(policies, read.policies);
    if (found.length === 0) {
      files.push(source);
      policies.push(...read.policies);
      continue;
    }
    faults.push(...found);
    const last = accepted.find(({ file }) => file === source.file);
    if (last === undefined) continue;
    files.push(last);
    policies.push(...cedar.read(last).policies);
  }
  return { files, policies, faults };
}

/**
 * The files that come into force at once because they only tighten: all that is on disk when it does no more than
 * add forbids, and otherwise what was accepted with the added forbids put behind it, file by file.
 */
export function tightened(accepted: ReadFiles, disk: ReadFiles): readonly PolicySource[] {
  const change = policyChange(accepted.policies, disk.policies);
  if (!change.loosens) return disk.files;
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

const inOrder = (files: readonly PolicySource[]) => files.toSorted(byPrecedence);
