// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a reference to a secret is written
/** What changed between the launch that was agreed to and the one that would run now (PRODUCT.md I4). */
import type { Launch, LaunchDifference, LaunchFile, LaunchVariable } from '../../contract/launch.ts';
import type { Reach } from '../../contract/sandbox.ts';
import { alignedChanges } from './aligned.ts';
import { packageDifferences } from './pinned.ts';

/**
 * Every difference that moves the launch digest, and only those, in reading order. `before` may have lost the text of
 * its literal values (see `withoutValues`); a changed value then shows as the start of its keyed digest.
 */
export function differences(before: Launch, after: Launch): LaunchDifference[] {
  const found: LaunchDifference[] = [];
  const compare = (where: string, was: string | null, is: string | null) => {
    if (was !== is) found.push({ where, before: was, after: is });
  };

  compare('command', before.command, after.command);
  for (const pair of alignedChanges(before.args, after.args)) {
    const where = pair.after === null ? `args[${pair.before}] before` : `args[${pair.after}]`;
    compare(where, before.args[pair.before ?? -1] ?? null, after.args[pair.after ?? -1] ?? null);
  }
  compare('working directory', before.cwd, after.cwd);
  found.push(...packageDifferences(before.package, after.package));
  found.push(...variableDifferences(before.variables, after.variables));
  found.push(...fileDifferences(before.files, after.files));
  compare('sandbox', before.sandbox, after.sandbox);
  for (const [where, text] of Object.entries(REACH)) compare(where, text(before.reach), text(after.reach));
  return found;
}

/** What a server reaches, as text one aspect at a time; null in a consent from before it took part. */
const REACH: Readonly<Record<string, (reach: Reach | undefined) => string | null>> = {
  reach: (reach) => reach?.preset ?? null,
  'reach enforced': (reach) => yesOrNo(reach?.enforced),
  'reach network': (reach) => yesOrNo(reach?.network),
  'reach writes': (reach) => reach?.writes.join('\n') ?? null,
  'reach reads': (reach) => reach?.reads.join('\n') ?? null,
};

function yesOrNo(value: boolean | undefined): string | null {
  return value === undefined ? null : value ? 'yes' : 'no';
}

function variableDifferences(before: readonly LaunchVariable[], after: readonly LaunchVariable[]): LaunchDifference[] {
  const was = new Map(before.map((variable) => [variable.name, variable]));
  const is = new Map(after.map((variable) => [variable.name, variable]));
  const names = [...new Set([...was.keys(), ...is.keys()])].toSorted();
  return names.flatMap((name) => {
    const [old, now] = [was.get(name), is.get(name)];
    if (old && now && bound(old) === bound(now)) return [];
    return [{ where: `env ${name}`, before: old ? shownText(old) : null, after: now ? shownText(now) : null }];
  });
}

/** What of a variable takes part in the digest. */
function bound({ source, shown, valueDigest }: LaunchVariable): string {
  return JSON.stringify([source, source === 'literal' ? null : shown, valueDigest]);
}

function shownText({ source, shown, valueDigest }: LaunchVariable): string {
  if (source === 'inherited') return 'inherited';
  if (source === 'keychain') return shown?.includes('${') ? shown : `\${keychain:${shown ?? ''}}`;
  return shown ?? `another value (${valueDigest?.slice(0, 17) ?? 'not kept'}…)`;
}

function fileDifferences(before: readonly LaunchFile[], after: readonly LaunchFile[]): LaunchDifference[] {
  const was = new Map(before.map((file) => [key(file), file]));
  const is = new Map(after.map((file) => [key(file), file]));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((where) => {
    const [old, now] = [was.get(where), is.get(where)];
    const pairs: [string, string | null, string | null][] = [
      [where, old?.path ?? null, now?.path ?? null],
      [`${where} found at`, old?.found ?? null, now?.found ?? null],
      [`${where} sha256`, old?.sha256 ?? null, now?.sha256 ?? null],
      [`${where} size`, sizeText(old), sizeText(now)],
    ];
    return pairs.filter(([, a, b]) => a !== b).map(([what, a, b]) => ({ where: what, before: a, after: b }));
  });
}

function key({ role, written }: LaunchFile): string {
  return `${role} ${written}`;
}

function sizeText(file: LaunchFile | undefined): string | null {
  return file ? `${file.size} bytes` : null;
}
