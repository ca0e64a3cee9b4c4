/** Named sets of tools: what a rule or a kill switch says of many at once. */
import { matches } from '../../contract/pattern.ts';
import type { Settings } from '../../contract/settings.ts';

/** The families this tool is in, by name. */
export function familiesOf(families: Settings['families'], server: string, tool: string): string[] {
  const text = `${server}/${tool}`;
  return Object.keys(families)
    .filter((family) => families[family]?.some((pattern) => matches(pattern, text)))
    .sort();
}
