/** What is wrong with a new passcode typed twice; undefined when nothing is (SECURITY.md rule 3). */
export function passcodeFault(first: string, second: string): string | undefined {
  if ([...first].length < 8) return 'A passcode has eight characters or more.';
  return first === second ? undefined : 'The two are not the same.';
}
