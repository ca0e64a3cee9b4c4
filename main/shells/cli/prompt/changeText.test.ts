import { expect, test } from 'vitest';
import type { FileChange } from '../../../contract/change.ts';
import { paintFor } from '../paint.ts';
import { changeText } from './changeText.ts';

const plain = paintFor(false);
const text = (content: string) => ({ kind: 'text', text: content, bytes: content.length, version: '1' }) as const;
const change = (rest: Partial<FileChange>): FileChange => ({
  act: 'write',
  path: '/w/a',
  before: text('one\ntwo\n'),
  after: text('one\n2\u202e\n'),
  lines: { added: 1, removed: 1 },
  ...rest,
});

test('lines that go and come, hidden characters written out', () => {
  const { lines, cut } = changeText(change({}), plain, false);
  expect(lines.slice(1)).toEqual(['- two', '+ 2⟨U+202E⟩']);
  expect(cut).toBe(false);
});

test('a long change is cut and says by how much, until all is asked for', () => {
  const long = change({ after: text('x\n'.repeat(500)) });
  expect(changeText(long, plain, false)).toMatchObject({ cut: true });
  expect(changeText(long, plain, false).lines.at(-1)).toMatch(/more lines of the change not shown/);
  expect(changeText(long, plain, true)).toMatchObject({ cut: false });
});

test('what cannot be compared is told', () => {
  const binary = change({ before: { kind: 'binary', bytes: 7, version: '1' } });
  expect(changeText(binary, plain, false).lines[1]).toMatch(/^now: 7 bytes that are no text; then: \d+ bytes$/);
  const moved = change({ act: 'move', after: { kind: 'absent' }, to: { path: '/w/b', before: { kind: 'folder' } } });
  expect(changeText(moved, plain, false).lines[0]).toContain('/w/a to /w/b (there now: a folder)');
});
