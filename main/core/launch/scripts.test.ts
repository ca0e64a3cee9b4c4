import { expect, test } from 'vitest';
import { isCode, pathCandidates } from './scripts.ts';

const plain = { executable: false, shebang: false };

test('arguments and values of options can be paths, options and addresses are not', () => {
  expect(
    pathCandidates(['-y', 'server.js', '--config=/etc/x.json', '--verbose', 'https://x.org/a.js', '', '--x=']),
  ).toEqual([
    { index: 1, path: 'server.js' },
    { index: 2, path: '/etc/x.json' },
  ]);
});

test('a file with the name of code is code, wherever it stands', () => {
  const args = ['--import=./hook.mjs', 'data.db', 'server.py'];
  const [hook, data, server] = pathCandidates(args);
  expect(isCode('/usr/bin/thing', args, hook as never, plain)).toBe(true);
  expect(isCode('/usr/bin/thing', args, data as never, plain)).toBe(false);
  expect(isCode('/usr/bin/thing', args, server as never, plain)).toBe(true);
});

test('the first plain argument of an interpreter is code whatever its name', () => {
  const args = ['-u', 'server', 'notes'];
  const [server, notes] = pathCandidates(args);
  expect(isCode('/usr/bin/python3.12', args, server as never, plain)).toBe(true);
  expect(isCode('/usr/bin/python3.12', args, notes as never, plain)).toBe(false);
  expect(isCode('/usr/bin/git', args, server as never, plain)).toBe(false);
});

test('what may be executed is code', () => {
  const args = ['thing'];
  const [thing] = pathCandidates(args);
  expect(isCode('/usr/bin/env', args, thing as never, { executable: true, shebang: false })).toBe(true);
  expect(isCode('/usr/bin/env', args, thing as never, { executable: false, shebang: true })).toBe(true);
});
