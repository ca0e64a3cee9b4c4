import { expect, test } from 'vitest';
import { carriedPlaces, editedText, fileAct } from './fileActs.ts';

const act = (tool: string, leaves: Record<string, string>) => fileAct(tool, new Map(Object.entries(leaves)));

test.each([
  ['write_file', { '/path': '/a', '/content': 'x' }, { act: 'write', place: '/path', content: '/content', text: 'x' }],
  [
    'create_text_file',
    { '/file_path': '/a', '/file_text': '' },
    { act: 'write', place: '/file_path', content: '/file_text', text: '' },
  ],
  ['append_file', { '/path': '/a', '/text': 'x' }, { act: 'append', place: '/path', content: '/text', text: 'x' }],
  ['delete_file', { '/path': '/a' }, { act: 'delete', place: '/path' }],
  ['move_file', { '/source': '/a', '/destination': '/b' }, { act: 'move', place: '/source', to: '/destination' }],
  ['copy', { '/from': '/a', '/to': '/b' }, { act: 'copy', place: '/from', to: '/to' }],
  [
    'str_replace',
    { '/path': '/a', '/old_str': 'x', '/new_str': 'y', '/replace_all': 'true' },
    { act: 'edit', place: '/path', edits: [{ old: 'x', new: 'y' }], all: true },
  ],
  [
    'edit_file',
    {
      '/path': '/a',
      '/edits/0/oldText': 'x',
      '/edits/0/newText': 'y',
      '/edits/1/oldText': 'p',
      '/edits/1/newText': '',
    },
    {
      act: 'edit',
      place: '/path',
      edits: [
        { old: 'x', new: 'y' },
        { old: 'p', new: '' },
      ],
      all: false,
    },
  ],
] as const)('%s acts on a file', (tool, leaves, expected) => {
  expect(act(tool, leaves)).toEqual(expected);
});

test('reading, searching and what lies elsewhere is no act on a file here', () => {
  expect(act('read_file', { '/path': '/a' })).toBeNull();
  expect(act('search_files', { '/path': '/a', '/content': 'x' })).toBeNull();
  expect(act('create_or_update_file', { '/owner': 'o', '/repo': 'r', '/path': 'a.md', '/content': 'x' })).toBeNull();
  expect(act('write_note', { '/content': 'x' })).toBeNull();
});

test('edits come one after the other, and `$` stands for itself', () => {
  expect(
    editedText(
      'one two one',
      [
        { old: 'one', new: '$&$1' },
        { old: 'two', new: 'three' },
      ],
      false,
    ),
  ).toBe('$&$1 three one');
  expect(editedText('one two one', [{ old: 'one', new: '1' }], true)).toBe('1 two 1');
});

test('edits that would make too much of a text, or take too long to find their places, are not made', () => {
  const began = performance.now();
  const doubling = Array.from({ length: 60 }, () => ({ old: 'a', new: 'aa' }));
  expect(editedText('a', doubling, true)).toBeNull();
  const middle = `${'a'.repeat(4_000)}b${'a'.repeat(4_000)}`;
  const searches = Array.from({ length: 200 }, () => ({ old: middle, new: '' }));
  expect(editedText('a'.repeat(100_000) + middle, searches, false)).toEqual({ unfit: 2 });
  expect(editedText(middle.repeat(15), searches, false)).toBeNull();
  const short = Array.from({ length: 20_000 }, () => ({ old: 'a', new: 'b' }));
  expect(editedText('a'.repeat(128_000), short, false)).toBeNull();
  expect(performance.now() - began).toBeLessThan(3_000);
});

test('what is moved is found alone, in lists and further inside; a search in a path moves nothing', () => {
  const carried = (...pointers: string[]) => [...carriedPlaces(new Map(pointers.map((place) => [place, 'x'])))];
  expect(carried('/path', '/new_path', '/mode')).toEqual(['/path', '/new_path']);
  expect(carried('/sources/0', '/sources/1', '/to')).toEqual(['/sources/0', '/sources/1', '/to']);
  expect(carried('/moves/0/from', '/moves/0/to')).toEqual(['/moves/0/from', '/moves/0/to']);
  expect(carried('/paths/0', '/destination')).toEqual(['/paths/0', '/destination']);
  expect(carried('/path', '/to')).toEqual([]);
  expect(carried('/path', '/from', '/to')).toEqual(['/from', '/to']);
});

test('the first edit that does not fit is named', () => {
  expect(
    editedText(
      'a',
      [
        { old: 'a', new: 'b' },
        { old: 'a', new: 'c' },
      ],
      false,
    ),
  ).toEqual({ unfit: 2 });
  expect(editedText('a', [{ old: '', new: 'c' }], false)).toEqual({ unfit: 1 });
});
