/** Kill switches (PRODUCT.md C2). A whole server is switched with `servers.disable` and `servers.enable`. */
import { z } from 'zod';
import { id, name, timestamp } from './names.ts';

export const switchScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('tool'), server: name, tool: z.string().min(1).max(512) }),
  /** The tools that settings in force say are of this family. */
  z.object({ kind: z.literal('family'), family: name }),
  /** Every session whose client program, as the operating system reports it, is this one. */
  z.object({ kind: z.literal('client'), program: z.string().min(1).max(4096) }),
  z.object({ kind: z.literal('session'), session: id }),
]);
export type SwitchScope = z.infer<typeof switchScope>;

/** Something that is switched off now. */
export const killed = z.object({
  scope: switchScope,
  at: timestamp,
  /** Null when nobody knows any more: its row was lost or altered, so it counts as off. */
  person: z.string().nullable(),
});
export type Killed = z.infer<typeof killed>;

/** What a scope covers, as the object of a sentence: "the tool write_file of files". */
export function scopeWords(scope: SwitchScope): string {
  switch (scope.kind) {
    case 'all':
      return 'everything';
    case 'tool':
      return `the tool ${scope.tool} of ${scope.server}`;
    case 'family':
      return `the tools of the family ${scope.family}`;
    case 'client':
      return `the client ${scope.program}`;
    case 'session':
      return `the session ${scope.session}`;
  }
}
