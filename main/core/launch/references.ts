// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a reference to a secret is written
/** `${keychain:NAME}` in an environment value (PRODUCT.md K1): text and names of secrets, never values. */
import { name as nameSchema } from '../../contract/names.ts';

/** A piece of an environment value: text as it stands, or the name of a secret that is put there at spawn. */
export type ValuePart = { readonly text: string } | { readonly secret: string };

export type ParsedValue =
  | { readonly ok: true; readonly parts: readonly ValuePart[] }
  | { readonly ok: false; readonly detail: string };

const OPENING = '${keychain:';

/** Splits a value at its references; several may stand in one value. A reference that does not end, or names nothing, is a fault. */
export function parseReferences(value: string): ParsedValue {
  const parts: ValuePart[] = [];
  let at = 0;
  for (;;) {
    const opening = value.indexOf(OPENING, at);
    if (opening < 0) {
      if (at < value.length) parts.push({ text: value.slice(at) });
      return { ok: true, parts };
    }
    if (opening > at) parts.push({ text: value.slice(at, opening) });
    const closing = value.indexOf('}', opening);
    if (closing < 0) return { ok: false, detail: 'a "${keychain:" is not closed with "}"' };
    const secret = value.slice(opening + OPENING.length, closing);
    if (!nameSchema.safeParse(secret).success) {
      return { ok: false, detail: `"${value.slice(opening, closing + 1)}" does not name a secret` };
    }
    parts.push({ secret });
    at = closing + 1;
  }
}

/** True when the text tries to refer to a secret, well formed or not: such text is refused outside the environment. */
export function mentionsSecret(text: string): boolean {
  return text.includes(OPENING);
}

/** Names of the secrets in a parsed value, each once, in order. */
export function secretsOf(parts: readonly ValuePart[]): string[] {
  return [...new Set(parts.flatMap((part) => ('secret' in part ? [part.secret] : [])))];
}

/** The value with each reference replaced by what `secrets` holds for it; undefined when one is missing. */
export function fillReferences(parts: readonly ValuePart[], secrets: ReadonlyMap<string, string>): string | undefined {
  let filled = '';
  for (const part of parts) {
    const text = 'text' in part ? part.text : secrets.get(part.secret);
    if (text === undefined) return undefined;
    filled += text;
  }
  return filled;
}
