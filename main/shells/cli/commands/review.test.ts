import { expect, test } from 'vitest';
import { HASH, review } from '../samples.fixture.ts';
import { onStage } from '../stage.ts';

test('review shows the whole launch, one argument a line, nothing hidden', async () => {
  const { out } = await onStage({ api: { servers: { review: async () => review() } } }, 'review', 'files');
  expect(out).toMatch(/argument 1 +server\.js\n/);
  expect(out).toMatch(/argument 2 +pay⟨U\+202E⟩load\n/);
  expect(out).toContain('argument 3');
  expect(out).toContain('/usr/bin/node');
  expect(out).toContain(HASH);
  expect(out).toContain('keychain secret GITHUB');
  expect(out).toContain('Nobody has agreed to this yet.');
});

test('review shows what was found first, with the text it is about', async () => {
  const severe = {
    id: 'agent-permission',
    severity: 'severe' as const,
    where: 'args[0]',
    span: { start: 0, length: 6 },
    message: 'Nobody is asked.',
  };
  const api = { servers: { review: async () => review({ findings: [severe] }) } };
  const { out } = await onStage({ api }, 'review', 'files');
  expect(out.startsWith('severe  Nobody is asked.\n  argument 1: server\n')).toBe(true);
});

test('review -- reviews any command line, its options left alone', async () => {
  const asked: unknown[] = [];
  const line = { launchers: ['npx'], program: 'x', package: null, findings: [], digest: HASH };
  const reviewLine = async (input: unknown) => {
    asked.push(input);
    return line;
  };
  const api = { servers: { reviewLine } };
  const { out } = await onStage({ api }, 'review', '--json', '--', 'npx', '-y', 'x', '--json');
  expect(asked).toEqual([{ command: 'npx', args: ['-y', 'x', '--json'] }]);
  expect(JSON.parse(out)).toEqual(line);
  const { code } = await onStage({ api }, 'review');
  expect(code).not.toBe(0);
});

test('review shows what changed, and --json is the contract’s shape', async () => {
  const changed = review({ consent: 'changed', differences: [{ where: 'args[1]', before: 'a', after: null }] });
  const api = { servers: { review: async () => changed } };
  expect((await onStage({ api }, 'review', 'files')).out).toContain('args[1]\n  - a\n  + (nothing)');
  expect(JSON.parse((await onStage({ api }, 'review', 'files', '--json')).out)).toEqual(changed);
});
