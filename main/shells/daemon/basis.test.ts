import { createHash } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { CallSubject } from '../../contract/ask.ts';
import type { ToolClass } from '../../contract/tool.ts';
import { GrantBook } from '../../services/grants/grants.ts';
import { ManualClock } from '../../services/manualClock.ts';
import { openCatalog } from '../../services/tools/catalog.ts';
import { KeptRows } from '../../services/tools/rows.fixture.ts';
import { endGrantsWithPins } from './basis.ts';

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
const digest = (text: string) => `sha256:${sha256(text)}`;
const anna = { person: 'anna', via: 'window' } as const;

let catalog: ReturnType<typeof openCatalog>;
let grants: GrantBook;
/** The server says what its one tool is. */
function says(description: string, server = 'db'): string {
  const bytes = Buffer.from(JSON.stringify({ name: 'query', description, inputSchema: { type: 'object' } }));
  catalog.saw(server, 'tool', [{ name: 'query', bytes }]);
  return catalog.digestOf('tool', bytes) ?? '';
}
const accept = (definition: string, toolClass: ToolClass) =>
  catalog.accept('db', [{ name: 'query', digest: definition, class: toolClass }], anna);

let definition: string;
beforeEach(() => {
  const rows = new KeptRows();
  catalog = openCatalog({ rows, sha256 });
  grants = new GrantBook({
    rows,
    clock: new ManualClock(),
    newId: () => 'grant-1',
    hash: (bytes) => `sha256:${sha256(bytes)}`,
    realPath: async (path) => path,
    home: '/home/anna',
  });
  endGrantsWithPins({ catalog, grants });
  definition = says('Reads.');
  accept(definition, 'read-sensitive');
});

/** A yes to a call that its arguments made `write`, for the session. */
async function give(): Promise<void> {
  const subject: CallSubject = {
    kind: 'call',
    session: '0198c0de-0000-7000-8000-000000000001',
    client: { name: 'test', version: '1', pid: 1, program: '/usr/bin/agent' },
    server: 'db',
    tool: 'query',
    class: 'write',
    effect: 'Run SQL',
    arguments: [],
    bytesDigest: digest('arguments'),
    definitionDigest: definition,
    launchDigest: digest('launch'),
    reasons: [],
    undo: '',
    rule: { id: 'default/ask', file: null, line: null },
    serverSays: null,
  };
  const choice = { life: { kind: 'session' }, reach: { kind: 'same' } } as const;
  const giver = { reviewedAs: 'read-sensitive', ask: '0198c0de-0000-7000-8000-000000000002', ...anna } as const;
  grants.give(await grants.look(subject, null), choice, giver);
}

test('a grant goes on when the server says the same again, or another server says anything', async () => {
  await give();
  says('Reads.');
  says('Anything.', 'other');
  expect(grants.list()).toHaveLength(1);
});

test.each([
  ['is held back', () => catalog.hold('db', 'tool', ['query'], anna)],
  ['is given another class, higher or lower', () => accept(definition, 'read')],
  ['is pinned with another definition', () => accept(says('Reads and more.'), 'read-sensitive')],
])('a grant ends when its tool %s', async (_, change) => {
  await give();
  change();
  expect(grants.list()).toEqual([]);
});
