/** Which values of a client's file belong into the keychain. */
import { entropy } from '../egress/entropy.ts';
import type { Masker } from '../egress/masker.ts';
import { secretKeyRule } from '../egress/secretKeys.ts';
import { isPlaceholder } from '../egress/secretPatterns.ts';
import { mentionsSecret } from '../launch/references.ts';

/** Shorter values are rarely random. */
const SHORTEST = 20;
/** Bits per code unit: above words and ids, below random letters and digits. */
const RANDOM = 3.6;
const REFERENCE = /\$\{keychain:[^}]*\}/g;

/** Why this value of a variable looks like a secret, in words; null when it does not. */
export function whySecret(variable: string, value: string, masker: Pick<Masker, 'find'>): string | null {
  if (value === '' || isPlaceholder(value)) return null;
  const line = `${variable}=${value}`;
  const [known] = masker.find(line).filter(({ start, length }) => start + length > variable.length + 1);
  if (known) return formOf(known.rule);
  if (secretKeyRule(variable, value) !== null) return 'its name says so';
  return isRandom(value) ? 'it is as random as a secret' : null;
}

/** A part of a value, in code units, and why it is a secret. */
export interface SecretPart {
  readonly start: number;
  readonly length: number;
  readonly why: string;
}

/** What of a variable’s value belongs into the keychain: all of it or nothing; beside references, what has the form of a secret. */
export function secretParts(variable: string, value: string, masker: Pick<Masker, 'find'>): SecretPart[] {
  if (mentionsSecret(value)) {
    const beside = value.replaceAll(REFERENCE, (reference) => ' '.repeat(reference.length));
    return masker.find(beside).map(({ start, length, rule }) => ({ start, length, why: formOf(rule) }));
  }
  const why = whySecret(variable, value, masker);
  return why === null ? [] : [{ start: 0, length: value.length, why }];
}

/** Secrets among arguments, from 1: they cannot move, since what is no variable is in everybody’s sight. */
export function exposedIn(args: readonly string[], masker: Pick<Masker, 'find'>): { argument: number; why: string }[] {
  return args.flatMap((word, index) => {
    const option = /^--?(\w[\w-]*)$/.exec(args[index - 1] ?? '')?.[1];
    const [known] = masker.find(word);
    if (known) return [{ argument: index + 1, why: formOf(known.rule) }];
    // `--api-key VALUE` is as telling as `API_KEY=VALUE`.
    const named = option !== undefined && secretKeyRule(option.replaceAll('-', '_'), word) !== null;
    return named && !isPlaceholder(word) ? [{ argument: index + 1, why: `the name of --${option} says so` }] : [];
  });
}

function formOf(rule: string): string {
  return `it has the form of a secret (${rule})`;
}

function isRandom(value: string): boolean {
  if (value.length < SHORTEST || !/^[\w+=.~-]+$/.test(value)) return false;
  return /\d/.test(value) && /[A-Za-z]/.test(value) && !/^\d+(\.\d+)+/.test(value) && entropy(value) >= RANDOM;
}
