/** Reading JSON text for display without ever re-writing a number, a key or an escape of it. */
import { jsonTokens } from './jsonTokens.ts';

/** The value as a person reads it: a string's own characters, anything else as its exact JSON text laid out in lines. */
export function readable(json: string): { readonly kind: 'string' | 'literal' | 'structure'; readonly text: string } {
  const trimmed = json.trim();
  if (trimmed.startsWith('"')) {
    try {
      return { kind: 'string', text: JSON.parse(trimmed) as string };
    } catch {
      return { kind: 'literal', text: json };
    }
  }
  if (trimmed.startsWith('{') || trimmed.startsWith('[')) return { kind: 'structure', text: layOut(trimmed) };
  return { kind: 'literal', text: trimmed };
}

/** Indents JSON text by two spaces; every token stays the characters it was. Text that is not JSON comes back whole. */
export function layOut(json: string): string {
  if (parsed(json) === undefined) return json;
  const tokens = [...jsonTokens(json)];
  let depth = 0;
  let out = '';
  const line = (): string => `\n${'  '.repeat(Math.max(0, Math.min(depth, 60)))}`;
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    const opens = token === '{' || token === '[';
    const closes = token === '}' || token === ']';
    if (closes) depth -= 1;
    const empty = closes && (before === '{' || before === '[');
    const starts = before === '{' || before === '[' || before === ',';
    if ((starts || closes) && !empty && index > 0) out += line();
    out += token === ':' ? ': ' : token;
    if (opens) depth += 1;
  });
  return out;
}

/** Parses JSON text, or gives undefined. */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
