/** What a query means: its fields and the text that a person wrote, together. */
import type { AuditQuery } from '../../contract/audit.ts';
import { Refused } from '../../contract/errors.ts';
import type { SearchField, SearchPlan, SearchTerm } from '../../contract/search.ts';
import type { Calendar } from '../../core/search/moments.ts';
import { parseSearch } from '../../core/search/parse.ts';

/** Throws INPUT_INVALID, with the word, for a text that cannot be meant. */
export function planOf(query: AuditQuery, calendar: Calendar): SearchPlan {
  const parsed = parseSearch(query.text ?? '', calendar);
  if (!parsed.ok) {
    const { message, start, end } = parsed.fault;
    throw new Refused('INPUT_INVALID', `at “${query.text?.slice(start, end)}”: ${message}`);
  }
  const { plan } = parsed;
  const fields: [SearchField, string | undefined][] = [
    ['type', query.type],
    ['server', query.server],
    ['tool', query.tool],
    ['session', query.session],
    ['call', query.call],
    ['verdict', query.decision],
  ];
  const given = fields.flatMap(([field, value]): SearchTerm[] =>
    value === undefined ? [] : [{ kind: 'field', field, values: [value.replaceAll('*', '')], not: false }],
  );
  const words = (query.words ?? '').split(/\s+/).filter((word) => word !== '');
  const terms = [
    ...plan.terms,
    ...given,
    ...words.map((text): SearchTerm => ({ kind: 'word', text, prefix: false, not: false })),
  ];
  const after = [plan.after, query.after]
    .filter((at) => at !== undefined)
    .sort()
    .at(-1);
  const before = [plan.before, query.before].filter((at) => at !== undefined).sort()[0];
  return { ...plan, terms, ...(after !== undefined && { after }), ...(before !== undefined && { before }) };
}
