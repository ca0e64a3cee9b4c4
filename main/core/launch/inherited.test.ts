import { expect, test } from 'vitest';
import { absoluteEntries, inheritedEnvironment, inheritedNames } from './inherited.ts';

test('only what is on the list is inherited', () => {
  const environment = {
    PATH: '/usr/bin',
    HOME: '/home/me',
    NODE_OPTIONS: '--require /tmp/evil.js',
    LD_PRELOAD: '/tmp/evil.so',
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus',
    SSH_AUTH_SOCK: '/run/agent',
    AWS_SECRET_ACCESS_KEY: 'x',
  };
  expect(inheritedEnvironment(environment, 'linux')).toEqual({ PATH: '/usr/bin', HOME: '/home/me' });
});

test('an exported shell function stays behind', () => {
  expect(inheritedEnvironment({ TERM: '() { :; }; evil' }, 'linux')).toEqual({});
});

test('entries of the PATH that hang on the working directory stay behind', () => {
  expect(absoluteEntries('node_modules/.bin:/usr/bin::.:/bin', 'linux')).toBe('/usr/bin:/bin');
  expect(absoluteEntries('.;C:\\Windows;bin', 'win32')).toBe('C:\\Windows');
});

test('Windows names are found in any case', () => {
  expect(inheritedEnvironment({ Path: 'C:\\Windows', SystemRoot: 'C:\\Windows' }, 'win32')).toEqual({
    PATH: 'C:\\Windows',
    SYSTEMROOT: 'C:\\Windows',
  });
});

test('the names do not depend on what is set', () => {
  expect(inheritedNames('linux')).toContain('LC_ALL');
  expect(inheritedNames('darwin')).toEqual(inheritedNames('linux'));
});
