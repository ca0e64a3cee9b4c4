import { expect, test } from 'vitest';
import { withRange } from './timeWords.ts';

test('a dragged time replaces the times that stood there', () => {
  const [after, before] = [new Date(2026, 10, 1, 9, 5, 0), new Date(2026, 10, 1, 17, 0, 30)];
  expect(withRange('server:fs after:yesterday refund before:1h', after, before)).toBe(
    'server:fs refund after:2026-11-01T09:05:00 before:2026-11-01T17:00:30',
  );
  expect(withRange('', after, before)).toBe('after:2026-11-01T09:05:00 before:2026-11-01T17:00:30');
});
