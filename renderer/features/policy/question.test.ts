import { expect, test } from 'vitest';
import { EMPTY_QUESTION, queryOf } from './question.ts';

test('what is empty is not supposed', () => {
  expect(queryOf({ ...EMPTY_QUESTION, server: 'files', tool: 'write_file' })).toEqual({
    server: 'files',
    action: 'call',
    tool: 'write_file',
    arguments: '{}',
  });
});

test('roles are divided by commas, and the time is told in UTC', () => {
  const query = queryOf({
    ...EMPTY_QUESTION,
    server: 'a',
    tool: 'b',
    roles: ' lead ,, on-call',
    at: '2026-12-24T18:00',
  });
  expect(query.roles).toEqual(['lead', 'on-call']);
  expect(Date.parse(query.at ?? '')).toBe(new Date(2026, 11, 24, 18).getTime());
});
