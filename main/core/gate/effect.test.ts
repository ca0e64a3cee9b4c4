import { expect, test } from 'vitest';
import { effectSentence, undoText } from './effect.ts';

const effect = (tool: string, leaves: Record<string, string>, toolClass: 'read' | 'write' | 'external' = 'write') =>
  effectSentence('files', tool, toolClass, new Map(Object.entries(leaves)));

test('verb, object, place', () => {
  expect(effect('write_file', { '/path': '/tmp/x/notes.txt', '/content': 'Hellö, there' })).toBe(
    'Write 13 bytes to /tmp/x/notes.txt with write_file on server files',
  );
  expect(effect('read_file', { '/path': '/etc/hosts' }, 'read')).toBe('Read /etc/hosts with read_file on server files');
  expect(effect('move_file', { '/source': '/a', '/destination': '/b' })).toBe(
    'Move /a to /b with move_file on server files',
  );
  expect(effect('shell', { '/command': 'rm -rf /srv' }, 'external')).toBe(
    'Run "rm -rf /srv" with shell on server files',
  );
});

test('what has no known form is told plainly', () => {
  expect(effect('write_file', { '/a': '1', '/b': '2' })).toBe('Run write_file on server files with 2 arguments');
  expect(effect('frobnicate', {})).toBe('Run frobnicate on server files with 0 arguments');
});

test('values cannot draw on the sentence', () => {
  expect(effect('delete_file', { '/path': '/tmp/\u202etxt.exe\n\u001b[2J\u{e0041}\u200b' })).toBe(
    'Delete /tmp/\\u{202e}txt.exe\\u{a}\\u{1b}[2J\\u{e0041}\\u{200b} with delete_file on server files',
  );
});

test('a long value shows both ends and how much is between', () => {
  const sentence = effect('delete_file', { '/path': `/begin/${'x'.repeat(1_000_000)}/end` });
  expect(sentence.length).toBeLessThan(220);
  expect(sentence).toMatch(/^Delete \/begin\/x+…\(\d+ more\)…x+\/end with/);
});

test('undoing promises nothing that is not kept', () => {
  expect(undoText('read')).toMatch(/^Nothing to undo/);
  expect(undoText('write')).toMatch(/only be undone by hand/);
  expect(undoText('external')).toMatch(/^One-way/);
});
