import type { ToolFinding } from '../../../contract/tool.ts';
import type { Paint } from '../paint.ts';
import { visible } from '../visible.ts';

/** Two lines a finding: the reason with its place, then the very span in its surroundings, every character visible. */
export function findingLines(findings: readonly ToolFinding[], paint: Paint): string[] {
  return findings.flatMap(({ message, pointer, quote }) => [
    `${paint.bad('!')} ${visible(message)} ${paint.dim(visible(pointer))}`,
    ...(quote
      ? [
          `  ${paint.dim(visible(quote.before))}${paint.bad(`»${visible(quote.found)}«`)}${paint.dim(visible(quote.after))}`,
        ]
      : []),
  ]);
}
