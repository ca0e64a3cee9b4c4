/** Named sets of tools: what a rule or a kill switch says of many at once. */
import type { Settings } from '../../contract/settings.ts';

/** The families this tool is in, by name. */
export function familiesOf(families: Settings['families'], server: string, tool: string): string[] {
  const text = `${server}/${tool}`;
  return Object.keys(families)
    .filter((family) => families[family]?.some((pattern) => matches(pattern, text)))
    .sort();
}

/** Whether the text is the pattern with any run of characters for each `*`; linear in both, however many stars. */
function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (!text.startsWith(first)) return false;
  const last = rest.pop();
  if (last === undefined) return text === first;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
