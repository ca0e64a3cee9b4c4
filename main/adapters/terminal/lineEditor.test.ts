import { expect, test } from 'vitest';
import { LineEditor } from './lineEditor.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function editor() {
  let seen = '';
  const line = new LineEditor((text) => {
    seen += text;
  });
  return {
    type: (text: string) => line.type(bytes(text)),
    raw: (data: Uint8Array) => line.type(data),
    seen: () => seen,
  };
}

test('a line ends with Enter and is echoed', () => {
  const { type, seen } = editor();
  expect(type('hel')).toBeUndefined();
  expect(type('lo\r')).toBe('hello');
  expect(seen()).toBe('hello');
});

test('backspace takes back one character, Ctrl-U all of them', () => {
  const { type } = editor();
  type('né\x7fo');
  expect(type('\r')).toBe('no');
  const second = editor();
  second.type('wrong\x15right');
  expect(second.type('\n')).toBe('right');
});

test('a character may arrive in two pieces', () => {
  const { raw, type } = editor();
  const [first, second] = [bytes('é').subarray(0, 1), bytes('é').subarray(1)];
  raw(first);
  raw(second);
  expect(type('\r')).toBe('é');
});

test('Ctrl-C and Ctrl-D give up', () => {
  expect(editor().type('abc\x03')).toBeNull();
  expect(editor().type('\x04')).toBeNull();
});

test('arrow keys are not part of a line', () => {
  const { type } = editor();
  type('a');
  type('\x1b[D');
  expect(type('\r')).toBe('a');
});
