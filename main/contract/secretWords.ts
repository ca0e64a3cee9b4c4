/** What an ask about a secret means, in words that the command line and the windows share. */
import type { AskSubject } from './ask.ts';
import type { SecretScope } from './secret.ts';

type SecretSubject = Extract<AskSubject, { kind: 'secret' }>;

/** The question as the object of a sentence that begins it. */
export function secretTitle({ name, value, replaces }: SecretSubject): string {
  if (value === 'kept') return `Change who gets the secret ${name}`;
  if (value === 'helper') return `Let this command make the secret ${name}`;
  return `${replaces ? 'Replace' : 'Store'} the secret ${name}`;
}

/** The word on the button that says yes. */
export function secretVerb({ value, replaces }: SecretSubject): string {
  if (value === 'kept') return 'Change who gets it';
  if (value === 'helper') return 'Allow this command';
  return replaces ? 'Replace secret' : 'Store secret';
}

/** Who gets it, in a sentence's rest: "files, notes". */
export function boundWords({ servers }: Pick<SecretScope, 'servers'>): string {
  if (servers === null) return 'any server that names it and was agreed to';
  return servers.length === 0 ? 'no server' : `${servers.join(', ')} and no other`;
}

const VALUES = {
  given: 'given at a terminal or on standard input, not shown',
  typed: 'typed when answering',
  helper: 'made by the command below, each time one is needed',
  kept: 'stays as it is',
} as const;

/** Name and text of each fact of the question. */
export function secretFacts({ value, usedBy, scope, sameAs = [], replaces }: SecretSubject): [string, string][] {
  return [
    ['value', VALUES[value]],
    ...(scope ? [['given to', boundWords(scope)] as [string, string]] : []),
    ['named by', usedBy.join(', ') || 'no server yet'],
    ...(scope?.environment ? [['environment', scope.environment] as [string, string]] : []),
    ...(scope?.expiresAt ? [['expires', scope.expiresAt] as [string, string]] : []),
    ...(replaces && value !== 'kept'
      ? [['before', 'what is kept now is forgotten; what runs with it is stopped'] as [string, string]]
      : []),
    ...(sameAs.length > 0
      ? [['same value', `kept already as ${sameAs.join(', ')}: a leak of one is a leak of both`] as [string, string]]
      : []),
  ];
}
