import { readFile } from 'node:fs/promises';
import type { WitnessFile } from '../../services/vault/ports.ts';
import { writeWhole } from '../files/write.ts';

/** One small text in a file, 0600, replaced whole: a witness (`services/vault/passcodeStore.ts`), a list. One that cannot be read says nothing. */
export function witnessFile(path: string): WitnessFile {
  return {
    read: () => readFile(path, 'utf8').catch(() => null),
    write: (text) => writeWhole(path, text),
  };
}
