/** Whether arguments fit the reviewed input schema (PRODUCT.md Y4, SECURITY.md rule 9). */
import { keyVariant } from './keys.ts';

/**
 * What is wrong with a value under a tool's input schema (JSON Schema 2020-12, or what its `$schema` names), in words
 * with a JSON pointer; null when it fits. A schema that cannot be used is an answer in words too. The digest of the
 * definition that the schema is from says when it is the same schema again.
 */
export type ArgumentCheck = (definitionDigest: string, schema: unknown, value: unknown) => string | null;

/**
 * The check that the gate makes: keys that only resemble a property first, then the schema. `value` is the arguments
 * as read strictly, `{}` when the call carries none; the answer is the detail of an ARGUMENTS_INVALID.
 */
export function strictArguments(check: ArgumentCheck): ArgumentCheck {
  return (definitionDigest, schema, value) => keyVariant(schema, value) ?? check(definitionDigest, schema, value);
}
