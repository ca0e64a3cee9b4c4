import { expect, test } from 'vitest';
import { pathTexts } from './pathTexts.ts';

const texts = (leaves: Record<string, string>) => pathTexts(new Map(Object.entries(leaves))).map(({ text }) => text);

test('what is named for a path counts however it looks, and what looks like one whatever it is called', () => {
  expect(texts({ '/path': 'notes', '/files/0': 'a b.txt' })).toEqual(['notes', 'a b.txt']);
  expect(
    texts({ '/x': '/etc/hosts', '/y': '../up', '/z': '~/.ssh', '/w': 'src/a.ts', '/v': 'C:\\x', '/u': '.env' }),
  ).toEqual(['/etc/hosts', '../up', '~/.ssh', 'src/a.ts', 'C:\\x', '.env']);
  expect(texts({ '/uri': 'file:///etc/hosts', '/opt': '--output=../../x' })).toEqual(['file:///etc/hosts', '../../x']);
});

test('blanks around a path that some programs take away make two of it, and neither is the only one', () => {
  const found = pathTexts(
    new Map([
      ['/path', ' /srv/a\t'],
      ['/file', '/srv/b\n'],
    ]),
  );
  expect(found.map(({ text, whole }) => [text, whole])).toEqual([
    [' /srv/a\t', false],
    ['/srv/a', false],
    ['/srv/b', true],
  ]);
});

test('an address without a host names a place of this machine, decoded as well', () => {
  expect(texts({ '/url': 'sqlite:////srv/a.db?mode=rw', '/uri': 'vault:///home/ada/%2Essh' })).toEqual([
    '//srv/a.db',
    '/home/ada/%2Essh',
    '/home/ada/.ssh',
  ]);
});

test('such an address is not the path itself, whatever stands around it', () => {
  for (const value of ['sqlite:////srv/a.db', '\t sqlite:////srv/a.db \n'])
    expect(pathTexts(new Map([['/path', value]]))).toEqual([
      { pointer: '/path', text: '//srv/a.db', whole: false, folder: false },
    ]);
});

test('what is named for a folder may be what others are relative to', () => {
  const found = pathTexts(
    new Map([
      ['/repo_path', 'a'],
      ['/file', 'b'],
    ]),
  );
  expect(found.map(({ folder }) => folder)).toEqual([true, false]);
});

test('text that mentions a path is text; an address is no path', () => {
  expect(texts({ '/content': 'see ~/.ssh and\n/etc/hosts', '/message': 'look at src/a.ts now' })).toEqual([]);
  expect(texts({ '/url': 'https://example.com/a/b', '/path': 'https://example.com/a' })).toEqual([]);
});

test('programs are searched for paths', () => {
  expect(texts({ '/command': 'cat ~/.ssh/id_rsa>/tmp/x' })).toEqual(['~/.ssh/id_rsa', '/tmp/x']);
  expect(texts({ '/code': 'open("/root/.aws/credentials").read()' })).toEqual(['/root/.aws/credentials', '.read']);
});

test('a key may be a path', () => {
  expect(texts({ '/files/..~1.ssh~1x': 'k' })).toEqual(['../.ssh/x']);
});
