/** What a call does to files, as a person is shown it: the file as it is, and as it would be (SECURITY.md prompt rule 10). */
import { z } from 'zod';

/** Why the content of a place is not shown. */
export const unreadReason = z.enum([
  /** Neither a file nor a folder: a device, a pipe, a socket. */
  'special',
  /** The account may not read it, or it is gone between two looks. */
  'closed',
  /** It lies where keys and settings are kept. */
  'protected',
]);

/** What is at a place now, or would be. `version` changes whenever the content does. */
export const fileState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('absent') }),
  z.object({ kind: z.literal('text'), text: z.string(), bytes: z.int(), version: z.string() }),
  /** Not UTF-8, or with null characters. */
  z.object({ kind: z.literal('binary'), bytes: z.int(), version: z.string() }),
  /** Longer than is compared. */
  z.object({ kind: z.literal('large'), bytes: z.int(), version: z.string() }),
  z.object({ kind: z.literal('folder') }),
  z.object({ kind: z.literal('unread'), why: unreadReason }),
  /** A text to be replaced is not in the file word for word: `edit` counts from 1. */
  z.object({ kind: z.literal('unfit'), edit: z.int() }),
]);
export type FileState = z.infer<typeof fileState>;

export const fileChange = z.object({
  act: z.enum(['write', 'append', 'edit', 'delete', 'move', 'copy']),
  /** Absolute, links followed. */
  path: z.string(),
  before: fileState,
  /** As the arguments say; null where nothing is known of it. */
  after: fileState.nullable(),
  /** For `move` and `copy`: where to, and what is there now. */
  to: z.object({ path: z.string(), before: fileState }).optional(),
  /** Lines that come and go; null when the two are not comparable. */
  lines: z.object({ added: z.int(), removed: z.int() }).nullable(),
  /** JSON pointer of the argument whose text `after` holds whole, when one does. */
  content: z.string().optional(),
});
export type FileChange = z.infer<typeof fileChange>;

/** What the ledger keeps of the question about a call that changes files: what a person was shown. */
const shownChanges = z.object({ kind: z.literal('call'), changes: z.array(fileChange) });

/** The changes that the payload of such a question tells of; null for any other text. */
export function readChanges(payloadText: string | null): readonly FileChange[] | null {
  if (payloadText?.startsWith('{"kind":"call",') !== true) return null;
  try {
    return shownChanges.parse(JSON.parse(payloadText)).changes;
  } catch {
    return null;
  }
}
