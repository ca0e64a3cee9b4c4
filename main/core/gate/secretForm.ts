/** Elicitation forms that ask for a secret (MCP 2025-11-25, client/elicitation: form mode must not). */
import { secretKeyRule } from '../egress/secretKeys.ts';
import { foldText } from '../integrity/fold.ts';

interface Form {
  readonly message?: unknown;
  readonly requestedSchema?: { readonly properties?: unknown } | null;
}
interface Field {
  readonly type?: unknown;
  readonly title?: unknown;
  readonly description?: unknown;
  readonly format?: unknown;
  readonly enum?: unknown;
  readonly oneOf?: unknown;
}

/** Stands for what a person would type: long enough to count, and no sentence. */
const ANY_VALUE = 'value';
/** Characters of a whole form: nobody fills in one with more, and what stands behind so many could ask for anything. */
const LONGEST = 50_000;

const SECRET =
  '(?:pass(?:words?|phrases?|codes?)|(?:api|private|secret|access|ssh|signing|encryption)[ _-](?:access[ _-])?keys?|' +
  '(?:access|auth\\w{0,12}|bearer|session|refresh|api|github|gitlab|slack|npm|your|a|the)[ _-]tokens?|client[ _-]secrets?|' +
  '(?:seed|recovery|mnemonic)[ _-]phrases?|one[ -]time[ -](?:codes?|passwords?)|credentials?)';
/** Words that ask for one. */
const ASKED = new RegExp(
  `\\b(?:enter|type|paste|provide|input|supply|give|share|tell|fill in|need)\\b.{0,40}\\b${SECRET}\\b`,
);
/** What a field that takes one is called: “Your GitHub API key”. */
const LABEL = new RegExp(
  `^\\W{0,3}(?:(?:your|the|an?)\\s)?(?:\\w{1,20}\\s){0,2}${SECRET}\\b(?!\\s(?:name|id|label|policy|length|count|limit))`,
);

/**
 * The field of an `elicitation/create` that asks for a secret, by its name, title, description or format, or by what is
 * said above a form that takes text; null when none does. Of a form that is too long to be looked through, the field where
 * it gets so. URL mode has no fields.
 */
export function secretField(params: unknown): string | null {
  const { message, requestedSchema } = (params ?? {}) as Form;
  const fields = requestedSchema?.properties;
  if (typeof fields !== 'object' || fields === null) return null;
  let left = LONGEST;
  /** As a model and a person read it, in one line. */
  const plain = (text: unknown): string => {
    if (typeof text !== 'string') return '';
    left -= text.length;
    return left < 0 ? '' : foldText(text).replace(/\s+/g, ' ');
  };
  const asked = ASKED.test(plain(message));
  for (const [key, field] of Object.entries(fields as Record<string, Field | null>)) {
    const [name, title, description] = [key, field?.title, field?.description].map(plain) as [string, string, string];
    if (left < 0 || field?.format === 'password' || namesSecret(name) || namesSecret(title)) return key;
    if (!takesText(field)) continue;
    if (asked || [title, description].some((text) => LABEL.test(text) || ASKED.test(text))) return key;
  }
  return null;
}

function namesSecret(text: string): boolean {
  return secretKeyRule(text, ANY_VALUE) !== null;
}

function takesText(field: Field | null): boolean {
  const types = [field?.type].flat();
  const chosen = [field?.enum, field?.oneOf].some((list) => Array.isArray(list) && list.length > 0);
  return types.some((type) => type === undefined || type === 'string') && !chosen;
}
