import type { RecordDraft } from '../../contract/record.ts';
import type { Masker } from '../../core/egress/masker.ts';

/** The draft with secrets masked wherever others may have put text: leaves are kept for ever. */
export function maskDraft(draft: RecordDraft, masker: Masker): RecordDraft {
  const clean = (text: string): string => masker.mask(text.isWellFormed() ? text : text.toWellFormed());
  const masked: RecordDraft = { ...draft, event: clean(draft.event) };
  if (draft.method !== undefined) masked.method = clean(draft.method);
  if (draft.tool !== undefined) masked.tool = clean(draft.tool);
  if (draft.reason !== undefined) masked.reason = clean(draft.reason);
  if (draft.person !== undefined) masked.person = clean(draft.person);
  if (draft.client !== undefined) {
    const { name, version, program } = draft.client;
    masked.client = {
      ...draft.client,
      name: name && clean(name),
      version: version && clean(version),
      program: program && clean(program),
    };
  }
  if (draft.model !== undefined) masked.model = { ...draft.model, value: clean(draft.model.value) };
  if (draft.ids !== undefined)
    masked.ids = Object.fromEntries(Object.entries(draft.ids).map(([key, value]) => [clean(key), clean(value)]));
  if (draft.detail !== undefined) {
    masked.detail = Object.fromEntries(
      Object.entries(draft.detail).map(([key, value]) => [
        clean(key),
        typeof value === 'string' ? clean(value) : value,
      ]),
    );
  }
  return masked;
}
