/** What a definition has to do with the tools beside it: names that pass for one another, and references across servers. */
import type { ToolFinding } from '../../contract/tool.ts';
import { foldText } from './fold.ts';
import { quoted } from './quote.ts';

export interface ToolName {
  readonly server: string;
  readonly name: string;
}

/** Shorter names are everyday words. */
const REFERENCE_LETTERS = 6;

/** A name as a person in a hurry reads it: folded, without separators, l, I and 1 and O and 0 as one. */
export function glance(name: string): string {
  return foldText(name)
    .text.replace(/[\s_.\-/:]/g, '')
    .replace(/[1|]/g, 'l')
    .replace(/0/g, 'o')
    .replace(/rn/g, 'm')
    .replace(/i/g, 'l');
}

/** Findings about the name of `tool`, and about names of other servers' tools in its `description`; `others` may hold the tool itself. */
export function checkNeighbours(
  tool: ToolName,
  description: string | null,
  others: readonly ToolName[],
): ToolFinding[] {
  const findings: ToolFinding[] = [];
  const add = (id: string, pointer: string, message: string, text: string, start: number, length: number) =>
    findings.push({
      id,
      pointer,
      message,
      span: { of: 'value', start, length },
      quote: quoted(text, start, length),
    });
  const look = glance(tool.name);
  const words = description === null ? [] : [...description.matchAll(/[\p{L}\p{N}_][\p{L}\p{N}_.-]*[\p{L}\p{N}_]/gu)];
  for (const other of others) {
    const here = other.server === tool.server;
    const whose = here ? `“${other.name}” of this server` : `“${other.name}” of ${other.server}`;
    if (other.name === tool.name) {
      if (!here) add('same-name', '/name', `Another server has it too: ${whose}.`, tool.name, 0, tool.name.length);
      continue;
    }
    if (glance(other.name) === look)
      add('look-alike', '/name', `This name passes for ${whose}.`, tool.name, 0, tool.name.length);
    const reference = here || !distinctive(other.name) ? undefined : words.find(([word]) => word === other.name);
    if (reference && description !== null)
      add(
        'names-other-tool',
        '/description',
        `This text names ${whose}.`,
        description,
        reference.index,
        other.name.length,
      );
  }
  return findings;
}

/** Whether a name is one that prose does not hold by chance. */
function distinctive(name: string): boolean {
  return name.length >= REFERENCE_LETTERS && /[_-]|[a-z][A-Z]/.test(name);
}
