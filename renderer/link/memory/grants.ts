import type { Grant } from '../../../main/contract/grant.ts';
import type { Killed } from '../../../main/contract/switch.ts';
import { at, digestOf, uuid } from './ids.ts';

const FOLDER: Grant = {
  id: uuid(301),
  server: 'files',
  tool: 'write_file',
  class: 'write',
  launchDigest: digestOf(1),
  definitionDigest: digestOf(52),
  life: { kind: 'minutes', minutes: 60 },
  reach: { kind: 'folder', folder: '/home/mara/Projects/almanac' },
  session: null,
  program: '/usr/local/bin/claude',
  until: at(2400),
  binding: digestOf(53),
  used: 7,
  lastUsedAt: at(-90),
  person: 'mara',
  givenAt: at(-1200),
  ask: uuid(140),
  effect: 'Write 412 characters to /home/mara/Projects/almanac/README.md',
  rule: { id: 'default/ask', file: 'countersign/default.cedar', line: 14 },
};

export const GRANTS: Grant[] = [
  FOLDER,
  {
    ...FOLDER,
    id: uuid(302),
    tool: 'edit_file',
    life: { kind: 'uses', uses: 5 },
    reach: { kind: 'same' },
    session: uuid(21),
    until: null,
    used: 0,
    lastUsedAt: null,
    givenAt: at(-300),
    effect: 'Edit /home/mara/Projects/almanac/CHANGELOG.md',
  },
];

export const KILLED: Killed[] = [
  { scope: { kind: 'tool', server: 'github', tool: 'delete_repo' }, at: at(-4000), person: 'mara' },
];
