/**
 * The class proposed for a tool, with the reasons a person reads before accepting it (PRODUCT.md Y3). It takes effect
 * only when a person accepts it; until then the tool is `external`.
 */
import type { ToolClass } from '../../contract/tool.ts';
import { TOOL_CLASSES } from '../../contract/tool.ts';
import { sentAnnotations } from './annotations.ts';
import { RECEIVERS } from './fields.ts';
import { propertyNames } from './propertyNames.ts';
import { classByName, nameWords } from './verbs.ts';

/** The parts of a definition that a proposal looks at, as the server sent them. */
export interface ClassifiedTool {
  readonly name: string;
  readonly annotations?: unknown;
  readonly inputSchema?: unknown;
}

export interface ProposedClass {
  readonly class: ToolClass;
  /** Sentences; never empty. */
  readonly reasons: readonly string[];
}

const CODE = new Set(['command', 'cmd', 'shell', 'script', 'code', 'javascript', 'expression', 'sql', 'program']);
const PLACE = new Set(['url', 'uri', 'href', 'endpoint', 'webhook']);
const SENSITIVE = new Set(
  (
    'secret secrets token tokens credential credentials password passwords env environment cookie cookies key keys ' +
    'mail mails email emails inbox message messages contact contacts calendar clipboard screenshot'
  ).split(' '),
);

/**
 * Starts from the verb of the name and then only goes up: by the server's hints and by parameters that take code,
 * addresses or receivers. Where the name has no verb it is `external`: a hint never lowers, only a person does.
 */
export function proposeClass(tool: ClassifiedTool): ProposedClass {
  const sent = sentAnnotations(tool.annotations);
  const named = classByName(tool.name);
  if (named === null) return { class: 'external', reasons: [unnamed(sent.readOnlyHint === true)] };
  let proposed = named.class;
  const reasons = [`Its name says "${named.verb}".`];
  if (sent.readOnlyHint === true && proposed !== 'read')
    reasons.push('The server calls it read-only, which its name contradicts.');
  const raise = (to: ToolClass, reason: string) => {
    if (TOOL_CLASSES.indexOf(to) <= TOOL_CLASSES.indexOf(proposed)) return;
    proposed = to;
    reasons.push(reason);
  };

  if (sent.readOnlyHint === false) raise('write', 'The server says that it changes things.');
  if (sent.destructiveHint === true && sent.readOnlyHint !== true) {
    // What is overwritten on this machine can be kept first; what is destroyed elsewhere cannot.
    if (sent.openWorldHint === false && proposed === 'write')
      reasons.push('The server says that it may overwrite or destroy things, on this machine only.');
    else raise('external', 'The server says that it may destroy things.');
  }
  const open = sent.openWorldHint === true;
  if (open && proposed === 'write') raise('external', 'The server says that it reaches beyond this machine.');

  const parameters = propertyNames(tool.inputSchema);
  const parameter = (set: ReadonlySet<string>) =>
    parameters.find((name) => nameWords(name).some((word) => set.has(word)));
  const code = parameter(CODE);
  if (code !== undefined) raise('external', `It takes something to run in "${code}".`);
  // "to" alone is a receiver, and in other names a direction.
  const receiver = parameters.find((name) => name.toLowerCase() === 'to') ?? parameter(RECEIVERS);
  if (receiver !== undefined) raise('external', `It takes a receiver in "${receiver}".`);
  const place = parameter(PLACE);
  if (place !== undefined) raise('external', `It takes an address in "${place}", and an address can carry data away.`);

  const sensitive = nameWords(tool.name).find((word) => SENSITIVE.has(word));
  if (sensitive !== undefined) raise('read-sensitive', `Its name says that it reads "${sensitive}".`);
  if (open) raise('read-sensitive', 'The server says that it reaches beyond this machine.');
  return { class: proposed, reasons };
}

function unnamed(readOnly: boolean): string {
  return readOnly
    ? 'Its name does not say what it does. The server calls it read-only: lower it if you know that it is.'
    : 'Neither its name nor the server says that it only reads.';
}
