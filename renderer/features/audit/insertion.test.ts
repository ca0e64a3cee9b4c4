import { expect, test } from 'vitest';
import { inserted } from './insertion.ts';

test('a suggestion replaces what was begun, wherever it stands', () => {
  expect(inserted('ser', { insert: 'server:', start: 0, end: 3, note: '' })).toEqual({ text: 'server:', cursor: 7 });
  expect(inserted('tool:wr refund', { insert: 'write_file ', start: 5, end: 7, note: '' })).toEqual({
    text: 'tool:write_file refund',
    cursor: 15,
  });
});
