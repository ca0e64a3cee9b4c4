/** A search as it was typed, put together again from the arguments that a shell made of it. */
export function searchText(given: readonly string[]): string {
  return given.map(asWritten).join(' ');
}

/** A shell has taken the quotes of a phrase away: among several arguments, one with a space was a phrase. */
function asWritten(argument: string, _: number, { length }: readonly string[]): string {
  return length > 1 && /\s/.test(argument) && !/[":]/.test(argument) ? `"${argument}"` : argument;
}
