import { expect, test } from 'vitest';
import { refusedSwitch } from './switches.ts';

test.each([
  '--remote-debugging-port=9222',
  '--remote-debugging-pipe',
  '-remote-debugging-port=9222',
  '--Remote-Debugging-Port=0',
  '--inspect',
  '--inspect-brk=127.0.0.1:0',
  '--inspect-wait',
  '--no-sandbox',
  '--disable-seccomp-filter-sandbox',
  '--disable-web-security',
  '--user-data-dir=/tmp/x',
  '--load-extension=/tmp/x',
  '--js-flags=--allow-natives-syntax',
  '-r',
  '--require=/tmp/x.js',
])('%s is found', (given) => {
  expect(refusedSwitch(['/app', given])).toBe(given);
});

test.each([
  [['/app']],
  [['/app', '--hidden', '--enable-features=UseOzonePlatform', '--ozone-platform=wayland', '-psn_0_1']],
])('an ordinary start passes', (argv) => {
  expect(refusedSwitch(argv)).toBeUndefined();
});
