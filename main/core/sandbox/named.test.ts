// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a reference to a secret is written
import { expect, test } from 'vitest';
import { namedPaths } from './named.ts';

test.each<[string, string[], Record<string, string>, string[]]>([
  [
    'folders and files among the arguments',
    ['/srv/a', './b', '../c', '--db=/srv/d.sqlite'],
    {},
    ['/srv/a', './b', '../c', '/srv/d.sqlite'],
  ],
  ['addresses of files', ['file:///srv/a'], {}, ['/srv/a']],
  [
    'neither packages, options, words nor other addresses',
    ['-y', '@scope/name@1.0.0', 'stdio', 'https://a.example/x'],
    {},
    [],
  ],
  [
    'variables, one or several in a value',
    [],
    { MEMORY_FILE_PATH: '/srv/m.json', ROOTS: '/srv/a:/srv/b' },
    ['/srv/m.json', '/srv/a', '/srv/b'],
  ],
  [
    'no variables that say where programs lie',
    [],
    { PATH: '/opt/bin', LD_LIBRARY_PATH: '/opt/lib', JAVA_HOME: '/opt/java' },
    [],
  ],
  ['no addresses and no secrets', [], { URL: 'https://a.example/x', KEY: '/srv/${keychain:K}' }, []],
])('%s', (_, args, env, expected) => {
  expect(namedPaths({ args, env })).toEqual(expected);
});
