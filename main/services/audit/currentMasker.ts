import { Masker } from '../../core/egress/masker.ts';
import { SECRET_RULES } from '../../core/egress/secretRules.ts';
import type { SecretValues } from './ports.ts';

/** Gives the masker for the values in use now; compiled anew only when they changed. */
export function currentMasker(secrets: SecretValues): () => Masker {
  let known: readonly string[] = [];
  let masker = new Masker(known, SECRET_RULES);
  return () => {
    const values = secrets.values();
    if (values !== known && (values.length !== known.length || values.some((value, at) => value !== known[at]))) {
      masker = new Masker(values, SECRET_RULES);
    }
    known = [...values];
    return masker;
  };
}
