/** Putting entries back to what they were before they went through us. */
import type { ClientChange } from '../../contract/client.ts';
import { Refused } from '../../contract/refusal.ts';
import { excerpt } from '../../core/clients/excerpt.ts';
import type { Path } from '../../core/clients/format.ts';
import { recomposed, shownPieces } from '../../core/clients/pieces.ts';
import type { Masker } from '../../core/egress/masker.ts';
import { canonicalJson } from '../../core/ledger/canonical.ts';
import { type KeptEntry, secretsOfEntry } from './kept.ts';
import type { ParseConfig } from './ports.ts';
import { type KeptField, restore } from './rewrite.ts';
import type { ScannedFile } from './scan.ts';

/** An entry that still goes through us, and where it stands now. */
export interface Rewritten {
  readonly id: string;
  readonly file: ScannedFile;
  readonly path: Path;
  readonly kept: KeptEntry;
}

export interface UndoPlan {
  readonly changes: ClientChange[];
  /** Secrets that are written out again. */
  readonly secrets: string[];
  /** Secrets that were revoked meanwhile: nothing comes in their place. */
  readonly gone: string[];
  readonly digest: string;
}

/**
 * What would change, with every secret by its name; `values` are those that are kept still. Throws `Refused` with
 * CONFIG_INVALID where an entry lost a field, and SECRET_MISSING where all that stood there was in a secret that is gone.
 */
export async function planUndo(
  entries: readonly Rewritten[],
  values: ReadonlyMap<string, string>,
  parts: { parse: ParseConfig; masker: Masker; digest: (text: string) => string },
): Promise<UndoPlan> {
  const named = new Map([...values.keys()].map((name) => [name, shownPieces([{ secret: name, as: 'itself' }])]));
  const changes: ClientChange[] = [];
  for (const { file, path, kept } of entries) {
    const next = await restore(parts.parse, kept.format, file.text, path, fieldsOf(kept, named));
    const shown = excerpt(file.text, next, parts.masker, new Map());
    changes.push({ client: kept.client, file: kept.file, entry: kept.name, ...shown });
  }
  const needed = [...new Set(entries.flatMap(({ kept }) => secretsOfEntry(kept)))].sort();
  const [secrets, gone] = [needed.filter((name) => values.has(name)), needed.filter((name) => !values.has(name))];
  const files = [...byFile(entries)].map(([file]) => [file.place.path, file.hash]);
  return { changes, secrets, gone, digest: parts.digest(canonicalJson({ changes, secrets, gone, files })) };
}

/** Each file's text with its entries put back. Throws `Refused` with SECRET_MISSING or CONFIG_INVALID. */
export async function undone(
  entries: readonly Rewritten[],
  parse: ParseConfig,
  values: ReadonlyMap<string, string>,
): Promise<{ file: ScannedFile; text: string }[]> {
  const files: { file: ScannedFile; text: string }[] = [];
  for (const [file, inFile] of byFile(entries)) {
    let { text } = file;
    for (const { path, kept } of inFile) {
      text = await restore(parse, kept.format, text, path, fieldsOf(kept, values));
    }
    files.push({ file, text });
  }
  return files;
}

function fieldsOf(kept: KeptEntry, values: ReadonlyMap<string, string>): KeptField[] {
  return kept.fields.map((field) => {
    const before = recomposed(field.before, values);
    if (before === null)
      throw new Refused(
        'SECRET_MISSING',
        `${kept.name} of ${kept.file} was kept in ${secretsOfEntry(kept).join(', ')}`,
      );
    return { ...field, before };
  });
}

function byFile(entries: readonly Rewritten[]): Map<ScannedFile, Rewritten[]> {
  return Map.groupBy(entries, ({ file }) => file);
}
