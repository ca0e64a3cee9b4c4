import { readFile } from 'node:fs/promises';
import type { WitnessFile } from '../../services/vault/ports.ts';
import { writeWhole } from '../files/write.ts';

/** A witness (`services/vault/passcodeStore.ts`) in a file of the state folder, 0600. One that cannot be read says nothing. */
export function witnessFile(path: string): WitnessFile {
  return {
    read: () => readFile(path, 'utf8').catch(() => null),
    write: (text) => writeWhole(path, text),
  };
}
