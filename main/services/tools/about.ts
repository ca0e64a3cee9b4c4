/** Which definition is meant, in rows and in records. */
import type { RecordDraft } from '../../contract/record.ts';
import type { DefinitionKind } from '../../contract/tool.ts';

export interface About {
  readonly server: string;
  readonly kind: DefinitionKind;
  readonly name: string;
}

/** The key of its rows. No two share one, whatever a server calls its things: names of servers hold neither `/` nor `:`. */
export function keyOf({ server, kind, name }: About): string {
  return kind === 'tool' ? `${server}/${name}` : `${kind}:${server}/${name}`;
}

/** How a record says it: tools are searched for by name, the rest says its kind. */
export function told({ server, kind, name }: About, detail: RecordDraft['detail'] = {}): Partial<RecordDraft> {
  const more = kind === 'tool' ? detail : { ...detail, kind, name };
  return {
    server,
    ...(kind === 'tool' ? { tool: name } : {}),
    ...(Object.keys(more).length === 0 ? {} : { detail: more }),
  };
}
