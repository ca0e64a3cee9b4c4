import { expect, test } from 'vitest';
import { payloadText } from './payloadText.ts';

test('what JSON escapes is what it stands for: a word behind a break of lines is a word', () => {
  const plain = 'first\nsecond\t"third" C:\\new 日本 é 😀';
  const json = JSON.stringify({ text: plain }).replace('é', '\\u00e9').replace('😀', '\\ud83d\\ude00');
  expect(payloadText(json).split(/[\s{}:"]+/)).toEqual([
    '',
    'text',
    'first',
    'second',
    'third',
    'C',
    'new',
    '日本',
    'é',
    '😀',
    '',
  ]);
  expect(payloadText('{"a":1}')).toBe('{"a":1}');
});
