import type { Via } from '../../../main/contract/record.ts';

const WAYS: Readonly<Record<Via, string>> = {
  window: 'in the app',
  browser: 'in a browser',
  control: 'on the command line, or by another program of the account',
  terminal: 'on a terminal, with the passcode',
  countersignature: 'on another device',
  file: 'in a file, by hand',
  recovery: 'while damage was put right',
};

/** By which way somebody acted. */
export function wayWords(via: string): string {
  return (WAYS as Readonly<Record<string, string>>)[via] ?? via;
}
