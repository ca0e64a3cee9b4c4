import { expect, test } from 'vitest';
import { paintFor } from '../paint.ts';
import { findingLines } from './findings.ts';

test('the span is marked in its surroundings, and hidden characters are seen', () => {
  const quote = { before: 'Ad', found: '\u200b', after: 'ds.' };
  const finding = { id: 'invisible', message: 'This text has invisible characters.', pointer: '/description', quote };
  const [reason, place] = findingLines([finding], paintFor(false));
  expect(reason).toBe('! This text has invisible characters. /description');
  expect(place).toContain('Ad»');
  expect(place).toContain('200B');
  expect(place).not.toContain('\u200b');
});
