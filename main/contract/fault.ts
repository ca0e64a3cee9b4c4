/** What is wrong with a value, as a schema found it; also as it comes over the wire in the data of a BAD_REQUEST. */
import { z } from 'zod';

const issue = z.object({
  path: z.array(z.union([z.string(), z.number()])).default([]),
  message: z.string(),
  /** What is wrong with a key, where the issue is that it is none. */
  issues: z.array(z.object({ message: z.string() })).optional(),
});
const found = z.object({ issues: z.tuple([issue], z.unknown()) });

/** A place in a value, and what is wrong there. */
export interface Fault {
  readonly path: readonly (string | number)[];
  /** Such as `mcpServers.notes.args: …`, without the path for the value itself. */
  readonly text: string;
}

/** The first fault that a schema's error names; null for what is no such error. */
export function firstFault(error: unknown): Fault | null {
  const read = found.safeParse(error);
  if (!read.success) return null;
  const [{ path, message, issues }] = read.data.issues;
  const words = issues?.[0]?.message ?? message;
  return { path, text: path.length === 0 ? words : `${path.join('.')}: ${words}` };
}
