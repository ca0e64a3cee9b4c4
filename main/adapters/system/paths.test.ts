import { expect, test } from 'vitest';
import { foldersFor } from './paths.ts';

test('Linux follows XDG, and ignores relative paths in it', () => {
  const env = {
    HOME: '/home/me',
    XDG_CONFIG_HOME: '/home/me/conf',
    XDG_STATE_HOME: 'state',
    XDG_RUNTIME_DIR: '/run/user/1000',
  };
  expect(foldersFor(env, 'linux', true)).toEqual({
    home: '/home/me',
    config: '/home/me/conf/countersign',
    state: '/home/me/.local/state/countersign',
    runtime: '/run/user/1000/countersign',
    logs: '/home/me/.local/state/countersign/logs',
    socket: '/run/user/1000/countersign/countersign.sock',
  });
});

test('macOS uses the Library, Windows AppData and a named pipe', () => {
  expect(foldersFor({ HOME: '/Users/me' }, 'darwin', true)).toMatchObject({
    config: '/Users/me/Library/Application Support/Countersign/config',
    logs: '/Users/me/Library/Logs/Countersign',
  });
  const windows = foldersFor(
    { USERPROFILE: 'C:\\Users\\me', APPDATA: 'C:\\Users\\me\\AppData\\Roaming' },
    'win32',
    true,
  );
  expect(windows.config).toBe('C:\\Users\\me\\AppData\\Roaming\\Countersign');
  expect(windows.socket).toMatch(/^\\\\\.\\pipe\\countersign-[0-9a-f]{12}$/);
});

test('COUNTERSIGN_HOME moves everything, but not of a packaged program', () => {
  const env = { HOME: '/home/me', COUNTERSIGN_HOME: '/tmp/h' };
  expect(foldersFor(env, 'linux', false)).toEqual({
    home: '/tmp/h',
    config: '/tmp/h/config',
    state: '/tmp/h/state',
    runtime: '/tmp/h/run',
    logs: '/tmp/h/logs',
    socket: '/tmp/h/run/countersign.sock',
  });
  expect(foldersFor(env, 'linux', true).config).toBe('/home/me/.config/countersign');
});

test('a path too long for a socket becomes a short one of its own', () => {
  const long = (letter: string) => ({
    HOME: '/h',
    XDG_RUNTIME_DIR: '/run/user/1',
    COUNTERSIGN_HOME: `/tmp/${letter.repeat(120)}`,
  });
  const one = foldersFor(long('a'), 'linux', false);
  expect(one.runtime).toMatch(/^\/run\/user\/1\/countersign-[0-9a-f]{12}$/);
  expect(foldersFor(long('b'), 'linux', false).runtime).not.toBe(one.runtime);
  expect(foldersFor({ ...long('a'), XDG_RUNTIME_DIR: undefined }, 'linux', false).socket.length).toBeLessThan(100);
});
