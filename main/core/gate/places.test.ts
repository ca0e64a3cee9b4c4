import { expect, it } from 'vitest';
import { commonFolder, holdsCredentials, isInside } from './places.ts';

it('is inside by component, not by prefix', () => {
  expect(isInside('/srv/work', '/srv/work/a/b')).toBe(true);
  expect(isInside('/srv/work', '/srv/work')).toBe(true);
  expect(isInside('/srv/work', '/srv/work-secret/a')).toBe(false);
  expect(isInside('/srv/work', '/srv')).toBe(false);
  expect(isInside('C:\\data', 'C:\\data\\a')).toBe(true);
});

it('knows where keys are kept', () => {
  expect(holdsCredentials('/home/ada/.ssh/id_ed25519')).toBe(true);
  expect(holdsCredentials('/srv/app/.env.production')).toBe(true);
  expect(holdsCredentials('/srv/app/environment.md')).toBe(false);
});

it('offers the narrowest folder that holds every path', () => {
  expect(commonFolder(['/srv/work/a.md'], '/home/ada')).toBe('/srv/work');
  expect(commonFolder(['/srv/work/x/a', '/srv/work/y/b'], '/home/ada')).toBe('/srv/work');
  expect(commonFolder(['/srv/a', '/opt/b'], '/home/ada')).toBeNull();
  expect(commonFolder(['/home/ada/a'], '/home/ada')).toBeNull();
  expect(commonFolder(['D:\\data\\a\\b.txt'], 'C:\\Users\\ada')).toBe('D:\\data\\a');
});
