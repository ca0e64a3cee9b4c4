import { expect, test } from 'vitest';
import { columns } from './columns.ts';
import { paintFor } from './paint.ts';

test('columns align, and colours do not count', () => {
  const { bad } = paintFor(true);
  expect(
    columns([
      [bad('a'), 'x'],
      ['long', 'y'],
      ['', ''],
    ]),
  ).toEqual([`${bad('a')}     x`, 'long  y', '']);
});
