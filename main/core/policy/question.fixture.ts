/** A question as tests ask it: somebody's call of `files/write_file`. */
import { settings } from '../../contract/settings.ts';
import type { CallFacts } from '../gate/facts.ts';
import { NOWHERE } from '../gate/placeFacts.ts';
import { signsOf } from '../gate/signs.ts';
import type { PolicyQuestion } from './question.ts';
import { policyTime } from './time.ts';

/** Settings that say nothing, at noon of a Saturday. */
export const UNSAID = {
  settings: settings.parse({}),
  time: (at = '2026-11-21T12:00:00.000000Z') => policyTime(at, 'UTC'),
};

/** The facts of arguments with these leaves (JSON pointer → text), whose paths lead nowhere. */
export function leafFacts(leaves: Readonly<Record<string, string>>, changes: Partial<CallFacts> = {}): CallFacts {
  const texts = new Map(Object.entries(leaves));
  return { leaves: texts, bytes: 9, signs: signsOf(texts), places: NOWHERE, ...changes };
}

export function callQuestion(changes: Partial<PolicyQuestion>): PolicyQuestion {
  return {
    person: 'anna',
    session: '01980000-0000-7000-8000-000000000001',
    client: '/usr/bin/code',
    server: 'files',
    tool: 'write_file',
    class: 'write',
    facts: leafFacts({ '/path': '/srv/a.txt' }, { bytes: 21 }),
    ...changes,
  };
}
