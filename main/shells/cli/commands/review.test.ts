import { expect, test } from 'vitest';
import { nothingKnown } from '../../../adapters/registry/unanswered.ts';
import { Refused } from '../../../contract/errors.ts';
import type { LaunchFinding } from '../../../contract/launch.ts';
import { HASH, review } from '../samples.fixture.ts';
import { onStage } from '../stage.ts';

const LINE_PACKAGE = { kind: 'npm' as const, name: 'x', version: null, registry: null };
const truth = () => nothingKnown(LINE_PACKAGE, 'nobody said');

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

test.each(['DAEMON_ABSENT', 'KEYCHAIN_UNAVAILABLE'] as const)(
  'review -- needs no daemon and no keys: %s',
  async (code) => {
    const words = ['npx', '-y', 'mcp-remote@0.1.15', 'https://x.example'];
    const { out, code: exit } = await onStage({ fault: new Refused(code) }, 'review', '--json', '--', ...words);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      launchers: ['npx'],
      program: 'mcp-remote',
      package: { name: 'mcp-remote', version: '0.1.15' },
      findings: [{ id: 'advisory', severity: 'severe', where: 'args[1]', span: { start: 0, length: 17 } }],
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
    expect((await onStage({ fault: new Refused('HANDSHAKE_FAILED') }, 'review', '--', ...words)).code).toBe(1);
  },
);

test('review -- --look tells what the registry’s answer means, worst first', async () => {
  const line = { launchers: ['npx'], program: 'x', package: LINE_PACKAGE, findings: [], digest: HASH };
  const unchecked = { state: 'unchecked' as const, detail: 'nobody said' };
  const answer = { ...truth(), version: '1.0.0', deprecated: 'Use y.', provenance: unchecked };
  const bad = { ...answer, signature: { state: 'failed' as const, detail: 'it is forged' } };
  async function* news() {
    yield { kind: 'truth' as const, truth: bad, notPinned: null };
  }
  const api = { servers: { reviewLine: async () => line }, packages: { look: async () => news() as never } };
  const { out } = await onStage({ api }, 'review', '--look', '--json', '--', 'npx', '-y', 'x');
  expect(JSON.parse(out).findings.map(({ id, where }: LaunchFinding) => [id, where])).toEqual([
    ['bad-signature', 'args[1]'],
    ['deprecated', 'args[1]'],
  ]);
});

test('review shows what changed, and --json is the contract’s shape', async () => {
  const changed = review({ consent: 'changed', differences: [{ where: 'args[1]', before: 'a', after: null }] });
  const api = { servers: { review: async () => changed } };
  expect((await onStage({ api }, 'review', 'files')).out).toContain('argument 2\n  - a\n  + (nothing)');
  expect(JSON.parse((await onStage({ api }, 'review', 'files', '--json')).out)).toEqual(changed);
});

test('what a registry or a file says cannot move the cursor, hide or turn text around', async () => {
  const evil = 'fine\x1b[2K\u202e';
  const line = {
    launchers: ['npx'],
    program: 'x',
    package: { ...LINE_PACKAGE, name: evil },
    findings: [],
    digest: HASH,
  };
  const failed = { state: 'failed' as const, detail: evil };
  async function* news() {
    yield { kind: 'truth' as const, truth: { ...truth(), package: line.package, advisories: failed }, notPinned: null };
  }
  const api = { servers: { reviewLine: async () => line }, packages: { look: async () => news() as never } };
  const looked = await onStage({ api }, 'review', '--look', '--', 'npx', '-y', evil);
  const refused = await onStage({ fault: new Refused('LAUNCH_UNRESOLVED', evil) }, 'review', 'files');
  for (const text of [looked.out, refused.error]) {
    expect(text).toContain('fine⟨U+001B⟩[2K⟨U+202E⟩');
    for (const hidden of ['\x1b', '\u202e']) expect(text).not.toContain(hidden);
  }
  expect(looked.out).toContain('The registry warns of this version: fine⟨U+001B⟩');
});
