/** Putting a launch into an entry by replacing the text of single values, and putting back what stood there. */
import { Refused } from '../../contract/refusal.ts';
import type { Format, Path } from '../../core/clients/format.ts';
import type { FieldValue } from '../../core/clients/shapes.ts';
import type { ConfigDocument, ParseConfig } from './ports.ts';

/** The text a field had, from its first character to the last one replaced. */
export interface KeptField {
  /** Inside of the entry. */
  readonly path: readonly string[];
  /** Keys that were added right after it: they are not there without us. */
  readonly added: readonly string[];
  readonly before: string;
}

const BOM = '\uFEFF';

/** The text with these fields set in the entry at this path, and what they were. Throws `Refused('CONFIG_INVALID')`. */
export async function rewrite(
  parse: ParseConfig,
  format: Format,
  text: string,
  entry: Path,
  fields: readonly FieldValue[],
): Promise<{ text: string; kept: KeptField[] }> {
  let now = text;
  const kept: KeptField[] = [];
  const first = fields[0]?.path ?? [];
  for (const { path, value } of fields) {
    const { document, body, mark } = await parsed(parse, format, now);
    const region = document.region([...entry, ...path]);
    const holder = [...entry, ...first];
    if (region) {
      kept.push({ path, added: [], before: body.slice(region.start, region.end) });
      now = mark + replacedAt(body, region, document.written([...entry, ...path], value));
      continue;
    }
    const beside = document.region(holder);
    const key = path.at(-1);
    if (!beside || key === undefined) throw new Refused('CONFIG_INVALID', `${holder.join('.')} is not there`);
    // After what was added before it, so that all of it is one stretch of text behind the first field.
    const last = kept[0]?.added.at(-1);
    const end = (last && document.region([...holder.slice(0, -1), last])?.end) || beside.end;
    now = mark + replacedAt(body, { start: end, end }, document.beside(holder, key, value));
    kept[0] = { ...(kept[0] as KeptField), added: [...(kept[0]?.added ?? []), key] };
  }
  return { text: now, kept };
}

/** The text with what was kept put back into the entry. Throws `Refused('CONFIG_INVALID')` where its place is gone. */
export async function restore(
  parse: ParseConfig,
  format: Format,
  text: string,
  entry: Path,
  kept: readonly KeptField[],
): Promise<string> {
  const { document, body, mark } = await parsed(parse, format, text);
  const edits = kept.map(({ path, added, before }) => {
    const place = [...entry, ...path];
    const region = document.region(place);
    if (!region) throw new Refused('CONFIG_INVALID', `${place.join('.')} is no longer there`);
    const ends = added.map((key) => document.region([...place.slice(0, -1), key])?.end ?? 0);
    return { start: region.start, end: Math.max(region.end, ...ends), before };
  });
  const last = edits.toSorted((a, b) => b.start - a.start);
  return mark + last.reduce((now, edit) => replacedAt(now, edit, edit.before), body);
}

async function parsed(
  parse: ParseConfig,
  format: Format,
  text: string,
): Promise<{ document: ConfigDocument; body: string; mark: string }> {
  const mark = text.startsWith(BOM) ? BOM : '';
  const body = text.slice(mark.length);
  const read = await parse(body, format);
  if (!read.ok) throw new Refused('CONFIG_INVALID', read.message);
  return { document: read.document, body, mark };
}

function replacedAt(text: string, { start, end }: { start: number; end: number }, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}
