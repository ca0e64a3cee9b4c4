/** What a record says of a call without its content: who, what, when, the verdict. */
import type { LedgerRecord } from '../../contract/record.ts';
import type { SyncFacets } from '../../contract/sync.ts';

const LONGEST = 200;

/** The facets of a record; names longer than 200 characters are cut. */
export function facetsOf(record: LedgerRecord): SyncFacets {
  const { id, at, type, event, session, call, client, server, method, tool, decision, rule, code, person, via } =
    record;
  const facets: SyncFacets = { id, at, type: cut(type), event: cut(event) };
  if (session !== undefined) facets.session = session;
  if (call !== undefined) facets.call = call;
  if (client?.name) facets.client = cut(client.name);
  if (server !== undefined) facets.server = cut(server);
  if (method !== undefined) facets.method = cut(method);
  if (tool !== undefined) facets.tool = cut(tool);
  if (record.class !== undefined) facets.class = record.class;
  if (decision !== undefined) facets.decision = decision;
  if (rule !== undefined) facets.rule = cut(rule.id);
  if (code !== undefined) facets.code = cut(code);
  if (person !== undefined) facets.person = cut(person);
  if (via !== undefined) facets.via = cut(via);
  return facets;
}

/** NUL is no text to PostgreSQL, and half of a pair is none to anybody. */
function cut(text: string): string {
  return text.replaceAll('\0', '\ufffd').slice(0, LONGEST).toWellFormed();
}
