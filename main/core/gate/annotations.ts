/** MCP ToolAnnotations: hints by the server about itself, never facts. */
import type { EffectiveAnnotations } from '../../contract/tool.ts';

/** The hints a server really sent; what it left out or sent as something else than a boolean is absent. */
export type SentAnnotations = Partial<EffectiveAnnotations>;

/** The boolean hints of a definition's `annotations` (MCP 2025-11-25, server/tools). */
export function sentAnnotations(annotations: unknown): SentAnnotations {
  const sent: SentAnnotations = {};
  if (typeof annotations !== 'object' || annotations === null) return sent;
  for (const name of ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'] as const) {
    const value = (annotations as Record<string, unknown>)[name];
    if (Object.hasOwn(annotations, name) && typeof value === 'boolean') sent[name] = value;
  }
  return sent;
}
