import { expect, test } from 'vitest';
import { NO_FILTER, queryOf } from './filter.ts';

test('what is not set does not take part', () => {
  expect(queryOf(NO_FILTER)).toEqual({});
  expect(queryOf({ words: ' readme ', type: 'intent', server: 'files', decision: 'deny' })).toEqual({
    words: 'readme',
    type: 'intent',
    server: 'files',
    decision: 'deny',
  });
  expect(queryOf({ ...NO_FILTER, type: 'nonsense', decision: 'perhaps' })).toEqual({});
});
