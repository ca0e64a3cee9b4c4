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
import { restore } from './rewrite.ts';
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
  readonly digest: string;
}

/** What would change, with every secret by its name. Throws `Refused('CONFIG_INVALID')` where an entry lost a field. */
export async function planUndo(
  entries: readonly Rewritten[],
  parts: { parse: ParseConfig; masker: Masker; digest: (text: string) => string },
): Promise<UndoPlan> {
  const changes: ClientChange[] = [];
  for (const { file, path, kept } of entries) {
    const fields = kept.fields.map((field) => ({ ...field, before: shownPieces(field.before) }));
    const next = await restore(parts.parse, kept.format, file.text, path, fields);
    const shown = excerpt(file.text, next, parts.masker, new Map());
    changes.push({ client: kept.client, file: kept.file, entry: kept.name, ...shown });
  }
  const secrets = [...new Set(entries.flatMap(({ kept }) => secretsOfEntry(kept)))].sort();
  const files = [...byFile(entries)].map(([file]) => [file.place.path, file.hash]);
  return { changes, secrets, digest: parts.digest(canonicalJson({ changes, secrets, files })) };
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
      const fields = kept.fields.map((field) => {
        const before = recomposed(field.before, values);
        if (before === null) throw new Refused('SECRET_MISSING', secretsOfEntry(kept).join(', '));
        return { ...field, before };
      });
      text = await restore(parse, kept.format, text, path, fields);
    }
    files.push({ file, text });
  }
  return files;
}

function byFile(entries: readonly Rewritten[]): Map<ScannedFile, Rewritten[]> {
  return Map.groupBy(entries, ({ file }) => file);
}
