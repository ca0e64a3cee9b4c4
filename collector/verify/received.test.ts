import { expect, test } from 'vitest';
import { receive } from './received.ts';

const ID = '01939f3a-7c00-7000-8000-000000000001';
const RECORD = { id: ID, at: '2026-11-21T05:00:00.000000Z', type: 'intent', event: 'forwarded', server: 'files' };

test('a leaf is read as what is told of it', () => {
  expect(receive({ leaf: JSON.stringify(RECORD) })).toMatchObject({ form: 'everything', facets: { server: 'files' } });
});

test.each([
  ['is no record', 'null'],
  ['has an id that is none', JSON.stringify({ ...RECORD, id: 'first' })],
  ['has a time that no clock shows', JSON.stringify({ ...RECORD, at: '2026-99-99T99:99:99.000000Z' })],
  ['is of a session that is none', JSON.stringify({ ...RECORD, session: '<script>' })],
  ['is of a kind without end', JSON.stringify({ ...RECORD, type: 'x'.repeat(100) })],
])('a leaf that %s is not taken: whatever is found with it could not be shown', (_, leaf) => {
  expect(() => receive({ leaf })).toThrow(TypeError);
});
