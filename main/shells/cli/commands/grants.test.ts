import { expect, test } from 'vitest';
import type { Grant } from '../../../contract/grant.ts';
import { onStage } from '../stage.ts';

const digest = `sha256:${'ab'.repeat(32)}`;
const grant: Grant = {
  id: '0193c5e0-0000-7000-8000-00000000000a',
  server: 'files',
  tool: 'write_file',
  class: 'write',
  launchDigest: digest,
  definitionDigest: digest,
  life: { kind: 'uses', uses: 5 },
  reach: { kind: 'folder', folder: '/srv/work' },
  session: '0193c5e0-0000-7000-8000-00000000000b',
  program: '/usr/bin/agent',
  until: null,
  binding: digest,
  used: 2,
  lastUsedAt: '2026-11-21T03:17:00.000123Z',
  person: 'ada',
  givenAt: '2026-11-21T03:00:00.000000Z',
  ask: '0193c5e0-0000-7000-8000-00000000000c',
  effect: 'Write 5 bytes to /srv/work/note.txt',
  rule: { id: 'default/ask', file: 'default.cedar', line: 3 },
};
const list = async () => [grant];

test('list says who gave it, why, how far, until when, and how often it was used', async () => {
  const { out } = await onStage({ api: { grants: { list } } }, 'grants', 'list');
  for (const part of [
    'files › write_file',
    'paths in /srv/work',
    'one session of /usr/bin/agent',
    '3 more',
    '2 last',
    'ada',
    'default/ask',
  ])
    expect(out).toContain(part);
  expect(out).toContain('Write 5 bytes to /srv/work/note.txt');
});

test('revoke takes the last characters of the id; what fits no grant is refused', async () => {
  const revoked: string[] = [];
  const revoke = async ({ id }: { id: string }) => {
    revoked.push(id);
    return {};
  };
  expect((await onStage({ api: { grants: { list, revoke } } }, 'grants', 'revoke', '000A')).code).toBe(0);
  expect((await onStage({ api: { grants: { list, revoke } } }, 'grants', 'revoke', 'ffff')).error).toContain(
    '[NOT_FOUND]',
  );
  expect(revoked).toEqual([grant.id]);
});
