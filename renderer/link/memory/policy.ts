import type { PolicyExplanation, PolicyReplay } from '../../../main/contract/policy.ts';
import { at, uuid } from './ids.ts';

const ASK = { id: 'default/ask', file: 'countersign/default.cedar', line: 14 };
const DENY = { id: 'no-production', file: 'mine.cedar', line: 1 };

export const EXPLANATION: PolicyExplanation = {
  sentence:
    "A call of query on postgres, class write, is asked of one person by the rule default/ask (countersign/default.cedar:14): Everything that does more than read needs a person's approval.",
  verdict: {
    decision: 'ask',
    approvals: 1,
    rule: ASK,
    reason: "Everything that does more than read needs a person's approval.",
    decider: 'policy',
    code: null,
  },
  class: 'write',
  risks: ['The SQL in it says DELETE.'],
};

export const REPLAY: PolicyReplay = {
  calls: 812,
  skipped: 3,
  since: at(-1_900_000),
  differences: [
    {
      record: uuid(701),
      at: at(-5_200),
      server: 'postgres',
      tool: 'query',
      class: 'write',
      effect: 'Run query on server postgres with 2 arguments',
      before: { decision: 'ask', approvals: 1, rule: ASK, reason: 'It writes.' },
      after: { decision: 'deny', approvals: 0, rule: DENY, reason: 'Nothing changes production.' },
      masked: true,
    },
    {
      record: uuid(702),
      at: at(-61_000),
      server: 'files',
      tool: 'write_file',
      class: 'write',
      effect: 'Write 2048 bytes to /srv/site/notes.md with write_file on server files',
      before: { decision: 'ask', approvals: 1, rule: ASK, reason: 'It writes.' },
      after: {
        decision: 'allow',
        approvals: 0,
        rule: { ...DENY, id: 'notes-run', line: 9 },
        reason: 'Notes may be written.',
      },
      masked: false,
    },
  ],
};
