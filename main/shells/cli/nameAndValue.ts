import { InvalidArgumentError } from 'commander';

/** Collects `NAME=VALUE` of a repeatable option, by name. */
export function nameAndValue(text: string, before: Record<string, string> | undefined): Record<string, string> {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('Write it as NAME=VALUE.');
  return { ...before, [text.slice(0, equals)]: text.slice(equals + 1) };
}
