/** Elicitation forms that ask for a secret (MCP 2025-11-25, client/elicitation: form mode must not). */
import { secretKeyRule } from '../egress/secretKeys.ts';

interface Field {
  readonly title?: unknown;
  readonly format?: unknown;
}

/** Stands for what a person would type: long enough to count, and no sentence. */
const ANY_VALUE = 'value';

/**
 * The field of an `elicitation/create` that asks for a secret, by its name, its title or its format; null when none
 * does. URL mode has no fields: its host is shown instead.
 */
export function secretField(params: unknown): string | null {
  const schema = (params as { requestedSchema?: { properties?: unknown } } | null)?.requestedSchema;
  const fields = schema?.properties;
  if (typeof fields !== 'object' || fields === null) return null;
  for (const [name, field] of Object.entries(fields as Record<string, Field | null>)) {
    if (field?.format === 'password' || namesSecret(name)) return name;
    if (typeof field?.title === 'string' && namesSecret(field.title)) return name;
  }
  return null;
}

function namesSecret(text: string): boolean {
  return secretKeyRule(text, ANY_VALUE) !== null;
}
