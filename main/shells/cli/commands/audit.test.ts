import { expect, test } from 'vitest';
import { ID } from '../samples.fixture.ts';
import { onStage } from '../stage.ts';

test('audit verify is exit 1 when something was changed, and names it', async () => {
  const fault = { seq: 4, record: ID, kind: 'altered' as const, message: 'Record 4 was altered.' };
  const report = { ok: false, records: 9, signed: 8, checkpoints: 2, root: 'abc', first: null, epochs: [], fault };
  const { code, out } = await onStage({ api: { audit: { verify: async () => report } } }, 'audit', 'verify');
  expect(code).toBe(1);
  expect(out).toContain('Record 4 was altered.');
});

test('audit search refuses a filter that is none', async () => {
  expect((await onStage({ api: {} }, 'audit', 'search', '--type', 'gossip')).error).toContain('--type');
});

test.each(['0', 'x', '501'])('audit search --limit %s says what would be right', async (limit) => {
  const { code, error } = await onStage({ api: {} }, 'audit', 'search', '--limit', limit);
  expect(code).toBe(2);
  expect(error).toContain('a whole number from 1 to 500');
});
