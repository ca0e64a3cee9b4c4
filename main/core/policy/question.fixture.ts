/** A question as tests ask it: somebody's call of `files/write_file`. */
import type { PolicyQuestion } from './question.ts';

export function callQuestion(changes: Partial<PolicyQuestion>): PolicyQuestion {
  return {
    person: 'anna',
    session: '01980000-0000-7000-8000-000000000001',
    client: '/usr/bin/code',
    server: 'files',
    tool: 'write_file',
    class: 'write',
    facts: { leaves: new Map([['/path', '/srv/a.txt']]), bytes: 21 },
    ...changes,
  };
}
