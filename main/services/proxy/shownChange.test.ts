import { expect, test } from 'vitest';
import type { FileState } from '../../contract/change.ts';
import { NOWHERE } from '../../core/gate/placeFacts.ts';
import { leafFacts } from '../../core/policy/question.fixture.ts';
import { Conversation } from './conversation.fixture.ts';
import { filesChanged, shownChanges } from './shownChange.ts';

const text = (content: string): FileState => ({
  kind: 'text',
  text: content,
  bytes: content.length,
  version: `v ${content}`,
});

function deps(files: Readonly<Record<string, FileState>>) {
  return {
    files: { mostBytes: 20, read: async (path: string) => files[path] ?? ({ kind: 'absent' } as const) },
    countLines: () => ({ added: 1, removed: 1 }),
    hash: (bytes: Uint8Array) => `v ${new TextDecoder().decode(bytes)}`,
  };
}

/** Facts whose paths lead where they say. */
function facts(leaves: Record<string, string>, places: Record<string, unknown> = {}) {
  const real = new Map(Object.entries(leaves).filter(([, value]) => value.startsWith('/')));
  return leafFacts(leaves, { places: { ...NOWHERE, real, ...places } });
}

const changesOf = (tool: string, leaves: Record<string, string>, files: Readonly<Record<string, FileState>>) =>
  shownChanges(deps(files), tool, facts(leaves));

test('a write shows the file as it is and as it would be', async () => {
  expect(await changesOf('write_file', { '/path': '/w/a', '/content': 'new' }, { '/w/a': text('old') })).toEqual([
    {
      act: 'write',
      path: '/w/a',
      before: text('old'),
      after: text('new'),
      lines: { added: 1, removed: 1 },
      content: '/content',
    },
  ]);
});

test('edits are applied to what is there now; one that does not fit is named', async () => {
  const edits = { '/path': '/w/a', '/edits/0/oldText': 'old', '/edits/0/newText': 'new' };
  expect(await changesOf('edit_file', edits, { '/w/a': text('an old one') })).toMatchObject([
    { act: 'edit', after: text('an new one') },
  ]);
  expect(await changesOf('edit_file', edits, { '/w/a': text('other') })).toMatchObject([
    { after: { kind: 'unfit', edit: 1 }, lines: null },
  ]);
});

test('what is no text or too much of it is said, not compared', async () => {
  const large: FileState = { kind: 'large', bytes: 9000, version: '1' };
  const write = { '/path': '/w/a', '/content': 'x'.repeat(21) };
  expect(await changesOf('write_file', write, { '/w/a': large })).toMatchObject([
    { before: large, after: { kind: 'large', bytes: 21 }, lines: null },
  ]);
  expect(await changesOf('append_file', { '/path': '/w/a', '/text': 'x' }, { '/w/a': large })).toMatchObject([
    { after: null },
  ]);
});

test('moving shows what is in the way; deleting a link shows nothing of what it leads to', async () => {
  expect(
    await changesOf(
      'move_file',
      { '/source': '/w/a', '/destination': '/w/b' },
      { '/w/a': text('a'), '/w/b': text('b') },
    ),
  ).toMatchObject([{ act: 'move', path: '/w/a', to: { path: '/w/b', before: text('b') } }]);
  const led = facts({ '/path': '/w/link' }, { led: [{ text: '/w/link', to: '/w/a' }] });
  expect(await shownChanges(deps({}), 'delete_file', led)).toEqual([]);
});

test('protected places are not read, and where a path leads must be certain', async () => {
  const key = facts({ '/path': '/w/a', '/content': 'x' }, { protected: ['credentials'] });
  expect(await shownChanges(deps({ '/w/a': text('secret') }), 'write_file', key)).toMatchObject([
    { before: { kind: 'unread', why: 'protected' } },
  ]);
  const nowhere = facts({ '/path': 'a', '/content': 'x' });
  expect(await shownChanges(deps({}), 'write_file', nowhere)).toEqual([]);
});

test('a file that was touched meanwhile is not what was shown; one that was not is', async () => {
  const changes = await changesOf('delete_file', { '/path': '/w/a' }, { '/w/a': text('a') });
  expect(await filesChanged(deps({ '/w/a': text('a') }), changes)).toBeNull();
  expect(await filesChanged(deps({ '/w/a': text('b') }), changes)).toMatchObject({ code: 'ASK_CHANGED' });
  expect(await filesChanged(deps({}), changes)).toMatchObject({ code: 'ASK_CHANGED' });
});

test('a call is asked about with its change, and goes out only while the file is what was shown', async () => {
  const talk = await Conversation.greeted();
  talk.files.set('/srv/a', text('old'));
  const write = { method: 'tools/call', params: { name: 'put', arguments: { path: '/srv/a', content: 'new' } } };
  talk.client({ id: 1, ...write });
  await talk.rest();
  expect(talk.asks[0]?.subject).toMatchObject({
    effect: 'Overwrite /srv/a (1 line changes)',
    changes: [{ path: '/srv/a' }],
  });
  talk.files.set('/srv/a', text('somebody else was here'));
  await talk.approves();
  expect(talk.answer(1)?.result.content[0].text).toContain('is not what it was');
  expect(talk.forwarded).toEqual([]);

  talk.client({ id: 2, ...write });
  await talk.rest();
  await talk.approves();
  expect(talk.forwarded).toHaveLength(1);
});
