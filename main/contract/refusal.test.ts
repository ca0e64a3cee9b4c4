import { expect, test } from 'vitest';
import { Refused, refusal, refusalText } from './refusal.ts';

test('a refusal carries the particular between the two', () => {
  expect(refusalText(refusal('SERVER_UNKNOWN', 'files'))).toBe(
    'No server of this name is configured. (files) Run "countersign list" to see the names, or "countersign add" to add it.',
  );
  expect(new Refused('LOOK_ONLY').refusal).toEqual(refusal('LOOK_ONLY'));
});
