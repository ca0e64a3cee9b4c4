import { expect, test } from 'vitest';
import { readHelperOutput } from './helperOutput.ts';

test.each([
  ['one line', 'a value\n', { value: 'a value', expiresAt: null }],
  ['JSON without an end', '{"value": "x"}', { value: 'x', expiresAt: null }],
  [
    'an end as a time',
    '{"value": "x", "expiresAt": "2026-11-21T12:00:00+01:00"}',
    { value: 'x', expiresAt: '2026-11-21T11:00:00.000Z' },
  ],
  [
    'an end in seconds',
    '{"value": "x", "expiresAt": 1700000000}\n',
    { value: 'x', expiresAt: '2023-11-14T22:13:20.000Z' },
  ],
  ['keys that nobody asked for', '{"value": "x", "Version": 1}', { value: 'x', expiresAt: null }],
])('%s', (_, text, expected) => {
  expect(readHelperOutput(text)).toEqual({ ok: true, ...expected });
});

test.each([
  ['nothing', ' \n'],
  ['several lines', 'one\ntwo'],
  ['broken JSON', '{"value": '],
  ['no value', '{"token": "x"}'],
  ['a value that is no text', '{"value": 7}'],
  ['an end that is no time', '{"value": "x", "expiresAt": "soon"}'],
  ['an end beyond all time', '{"value": "x", "expiresAt": 1e300}'],
  ['a null character', 'a\0b'],
])('%s is refused, and not repeated', (_, text) => {
  const read = readHelperOutput(text);
  expect(read).toMatchObject({ ok: false });
  expect(JSON.stringify(read)).not.toMatch(/"x"|two|soon/);
});
