/** Arguments that make a call more than its tool's reviewed class says (PRODUCT.md Y3): they raise, and never lower. */
import type { ToolClass } from '../../contract/tool.ts';
import { TOOL_CLASSES } from '../../contract/tool.ts';
import { shown } from './shown.ts';
import type { ArgumentSigns } from './signs.ts';

export interface RaisedClass {
  readonly class: ToolClass;
  /** Sentences; empty when the class is the reviewed one. */
  readonly reasons: readonly string[];
}

/** What nothing brings back, what gives access away, and what runs something that is not in sight. */
const ONE_WAY = new Set(['delete', 'drop', 'truncate', 'grant', 'revoke', 'attach', 'copy', 'call']);
const HARMLESS = new Set(['select']);

/** The class of a call of a tool of this class with these signs in its arguments. */
export function raisedClass(reviewed: ToolClass, signs: ArgumentSigns): RaisedClass {
  let raised = reviewed;
  const reasons: string[] = [];
  const raise = (to: ToolClass, what: string) => {
    if (TOOL_CLASSES.indexOf(to) <= TOOL_CLASSES.indexOf(raised)) return;
    raised = to;
    reasons.push(`The tool was reviewed as ${reviewed}; ${what} makes this call ${to}.`);
  };
  const oneWay = signs.sql.find((verb) => ONE_WAY.has(verb));
  if (oneWay !== undefined) raise('external', `${oneWay.toUpperCase()} in its arguments`);
  const writes = signs.sql.find((verb) => !HARMLESS.has(verb));
  if (writes !== undefined) raise('write', `${writes.toUpperCase()} in its arguments`);
  const [receiver] = signs.addressed;
  if (receiver !== undefined) raise('external', `the receiver ${shown(receiver)}`);
  const [pointer] = signs.shell;
  if (pointer !== undefined) raise('external', `shell syntax in ${shown(pointer)}`);
  const [unread] = signs.unread;
  if (unread !== undefined) raise('external', `the value of ${shown(unread)}, which is too long to be looked through,`);
  return { class: raised, reasons };
}
