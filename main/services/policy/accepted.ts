/** The organisation's and the person's policies that are in force, as they are sealed: whole file texts, by file name. */
import type { Payload, RecordDraft } from '../../contract/record.ts';
import type { SealedRows } from '../audit/ports.ts';
import type { PolicySource } from './ports.ts';

interface Body {
  readonly files: readonly PolicySource[];
}

const KEY = 'person';

export interface AcceptedPolicies {
  files(): readonly PolicySource[];
  /** True while what was accepted cannot be trusted: its row was changed from outside, so nobody knows what it forbade. */
  void(): boolean;
  /** Records the draft and keeps these files. Throws `Refused('AUDIT_UNAVAILABLE')`, and then nothing changed. */
  replace(files: readonly PolicySource[], draft: RecordDraft, subject: Payload): void;
}

/** The accepted files of `rows`. */
export function acceptedPolicies(rows: SealedRows): AcceptedPolicies {
  const row = rows.get<Body>('policy', KEY);
  let files = row?.body.files ?? [];
  let tampered = row === undefined && rows.voids().some(({ kind, key }) => kind === 'policy' && key === KEY);
  return {
    files: () => files,
    void: () => tampered,
    replace: (next, draft, subject) => {
      rows.put<Body>('policy', KEY, { files: next }, draft, subject);
      files = next;
      tampered = false;
    },
  };
}
