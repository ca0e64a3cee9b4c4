import { expect, test } from 'vitest';
import type { Launch } from '../../contract/launch.ts';
import { differences } from './difference.ts';
import { launchDigestInput, withoutValues } from './digest.ts';

const sha = (letter: string) => `sha256:${letter.repeat(64)}`;
const agreed: Launch = {
  command: 'node',
  args: ['server.mjs', '/data'],
  cwd: '/srv/notes',
  variables: [
    { name: 'LOG', source: 'literal', shown: 'info', valueDigest: 'hmac-sha256:aa' },
    { name: 'TOKEN', source: 'keychain', shown: 'NOTES', valueDigest: null },
    { name: 'PATH', source: 'inherited', shown: null, valueDigest: null },
  ],
  files: [
    { role: 'program', written: 'node', path: '/usr/bin/node', sha256: sha('1'), size: 100 },
    { role: 'script', written: 'server.mjs', path: '/srv/notes/server.mjs', sha256: sha('2'), size: 20 },
  ],
  sandbox: 'process group',
};

test('the order of variables does not count', () => {
  expect(launchDigestInput({ ...agreed, variables: agreed.variables.toReversed() })).toBe(launchDigestInput(agreed));
});

test('the text of a literal value is not in the digest, its keyed digest is', () => {
  expect(launchDigestInput(agreed)).not.toContain('info');
  expect(launchDigestInput(agreed)).toContain('hmac-sha256:aa');
  expect(launchDigestInput(withoutValues(agreed))).toBe(launchDigestInput(agreed));
});

test('the same launch has no difference', () => {
  expect(differences(withoutValues(agreed), agreed)).toEqual([]);
});

const [log, token, path] = agreed.variables as [Launch['variables'][0], Launch['variables'][0], Launch['variables'][0]];
const [program, script] = agreed.files as [Launch['files'][0], Launch['files'][0]];
const changes: [string, Launch, string[]][] = [
  ['another command', { ...agreed, command: 'nodejs' }, ['command']],
  ['an argument more', { ...agreed, args: [...agreed.args, '--all'] }, ['args[2]']],
  ['another order of arguments', { ...agreed, args: agreed.args.toReversed() }, ['args[0] before', 'args[1]']],
  ['an argument put in between', { ...agreed, args: ['server.mjs', '--all', '/data'] }, ['args[1]']],
  ['an argument less', { ...agreed, args: ['/data'] }, ['args[0] before']],
  ['another folder', { ...agreed, cwd: '/' }, ['working directory']],
  ['another value', { ...agreed, variables: [{ ...log, valueDigest: 'hmac-sha256:bb' }, token, path] }, ['env LOG']],
  ['another secret', { ...agreed, variables: [log, { ...token, shown: 'OTHER' }, path] }, ['env TOKEN']],
  ['a literal for a secret', { ...agreed, variables: [log, { ...token, source: 'literal' }, path] }, ['env TOKEN']],
  ['a variable less', { ...agreed, variables: [log, token] }, ['env PATH']],
  ['another program', { ...agreed, files: [{ ...program, sha256: sha('3') }, script] }, ['program node sha256']],
  [
    'another place behind a link',
    { ...agreed, files: [{ ...program, found: '/home/me/bin/node' }, script] },
    ['program node found at'],
  ],
  ['another script', { ...agreed, files: [program, { ...script, size: 21 }] }, ['script server.mjs size']],
  ['another sandbox', { ...agreed, sandbox: 'none' }, ['sandbox']],
];
test.each(changes)('%s moves the digest and is shown', (_, now, where) => {
  expect(launchDigestInput(now)).not.toBe(launchDigestInput(agreed));
  expect(differences(agreed, now).map((difference) => difference.where)).toEqual(where);
});

test('a difference shows both sides, and of a value that was not kept its digest', () => {
  const now = { ...agreed, variables: [{ ...log, shown: 'debug', valueDigest: 'hmac-sha256:bb' }, token, path] };
  expect(differences(withoutValues(agreed), now)).toEqual([
    { where: 'env LOG', before: 'another value (hmac-sha256:aa…)', after: 'debug' },
  ]);
});
