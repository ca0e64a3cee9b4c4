/** How a server's environment refers to a secret of this name. */
export function secretReference(name: string): string {
  return `$\{keychain:${name}}`;
}
