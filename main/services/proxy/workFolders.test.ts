import { expect, test } from 'vitest';
import { readEnvelope } from '../../core/mcp/envelope.ts';
import { Conversation } from './conversation.fixture.ts';
import { rootsIn, workFolders } from './workFolders.ts';

const foldersAmong = async (paths: readonly string[]) => paths.filter((path) => !path.endsWith('.js'));

test('a server may take relative paths from where it works and from each folder that it is told of', async () => {
  const entry = {
    args: ['/opt/server.js', '/home/ada/notes', '../shared'],
    env: { DATA: '/srv/data', PATH: '/bin', HOME: '/home/ada' },
    cwd: '/work/files',
  };
  expect(await workFolders(entry, foldersAmong)).toEqual([
    '/work/files',
    '/home/ada/notes',
    '/work/shared',
    '/srv/data',
  ]);
});

test('the folders of an answer to roots/list', () => {
  const roots = (result: unknown) => {
    const line = new TextEncoder().encode(JSON.stringify({ jsonrpc: '2.0', id: 1, result }));
    const read = readEnvelope(line);
    return read.ok && read.envelope.kind === 'response' ? rootsIn(line, read.envelope.result) : null;
  };
  expect(roots({ roots: [{ uri: 'file:///home/ada/a%20b', name: 'x' }, { uri: 'https://x/' }, {}, 'y'] })).toEqual([
    '/home/ada/a b',
  ]);
  expect(roots({ roots: 'none' })).toEqual([]);
  expect(roots({ content: [] })).toEqual([]);
});

test('a relative path counts in the folders that the client told the server, and the prompt says that it may be any', async () => {
  const talk = await Conversation.greeted();
  talk.leads = (text, folders) => {
    const places = folders.map((folder) => `${folder}/${text.text}`);
    return { ...text, written: places, real: places, certain: true, several: folders.length > 1 };
  };
  talk.call(1, 'put', { path: 'a.txt', content: 'x' });
  await talk.rest();
  expect(talk.asks[0]?.subject).toMatchObject({ reasons: ['It writes.'] });
  await talk.denies();

  const result = { roots: [{ uri: 'file:///home/ada/project' }] };
  // The same in an answer to something else is no folder.
  talk.server({ id: 8, method: 'elicitation/create', params: { message: 'Colour?', requestedSchema: {} } });
  talk.client({ id: 8, result });
  talk.call(4, 'put', { path: 'a.txt', content: 'x' });
  await talk.rest();
  expect(talk.asks[0]?.subject).toMatchObject({ reasons: ['It writes.'] });
  await talk.denies();

  talk.server({ id: 9, method: 'roots/list' });
  talk.client({ id: 9, result });
  talk.call(2, 'put', { path: 'a.txt', content: 'x' });
  await talk.rest();
  expect(talk.asks[0]?.subject).toMatchObject({
    reasons: [
      'It writes.',
      'Which place is meant, the server decides: a.txt may be /srv/a.txt or /home/ada/project/a.txt.',
    ],
  });
  await talk.denies();

  talk.call(3, 'put', { files: ['a.txt', 'b.txt'], content: 'x' });
  await talk.rest();
  expect(talk.asks[0]?.subject).toMatchObject({
    reasons: ['It writes.', 'Which places are meant, the server decides: a.txt, b.txt.'],
  });
  expect(talk.asks[0]?.subject).not.toHaveProperty('changes');
});
