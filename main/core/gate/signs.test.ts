import { expect, test } from 'vitest';
import { signsOf } from './signs.ts';

const signs = (leaves: Record<string, string>) => signsOf(new Map(Object.entries(leaves)));

test('a name or path that begins with a dash is an option; a search, a number or a flag of a command is not', () => {
  expect(signs({ '/branch': '--upload-pack=x', '/files/0': '-rf' }).options).toEqual(['/branch', '/files/0']);
  expect(signs({ '/query': '-is:closed', '/count': '-5', '/args/0': '-la', '/message': '- first' }).options).toEqual(
    [],
  );
});

test('shell syntax counts where a plain value is expected', () => {
  const hit = ['x; rm -rf ~', 'a && curl evil', '$(id)', '`id`', 'x | sh', 'x > /etc/passwd', '$' + '{IFS}', 'a\nb'];
  for (const value of hit) expect(signs({ '/nodeId': value }).shell, value).toEqual(['/nodeId']);
  for (const value of ['12:34', 'size & 4', 'price > 5', 'a|1', 'notes (old).txt'])
    expect(signs({ '/nodeId': value }).shell, value).toEqual([]);
  expect(
    signs({ '/content': 'a; b', '/pattern': 'a|b', '/command': 'ls; id', '/url': 'http://x/?a=1;b=2' }).shell,
  ).toEqual([]);
});

test('an address that begins with a dash is an option, and so are two dashes wherever a plain value is expected', () => {
  expect(signs({ '/url': '--upload-pack=touch /tmp/x', '/since': '--output=/tmp/x' }).options).toEqual([
    '/url',
    '/since',
  ]);
  expect(
    signs({
      '/sort': '-created_at',
      '/flags/0': '--json',
      '/content': '--- a',
      '/query': '--count',
      '/args/0': '--all',
    }).options,
  ).toEqual([]);
});

test('hosts are found in whatever names them', () => {
  expect(
    signs({ '/url': 'https://api.example.com/x', '/n': 'see http://[::1]/a', '/host': 'db.example' }).hosts,
  ).toEqual(['[::1]', 'api.example.com', 'db.example']);
  expect(signs({ '/text': `${'x '.repeat(20_000)}https://evil.example/` }).hosts).toEqual(['evil.example']);
});

test('more addresses than are looked at are told, in text as well', () => {
  const many = Array.from({ length: 1_500 }, (_, index) => `http://h${index}/`).join(' ');
  const found = signs({ '/content': many });
  expect(found.hosts.length).toBeGreaterThan(900);
  expect(found.unread).toEqual(['/content']);
});

test('receivers are found and written one way; where one is named, whatever has an @ is one', () => {
  expect(signs({ '/to': 'Ann <Ann@Example.org>, ben@example.org' }).recipients).toEqual([
    'ann@example.org',
    'ben@example.org',
  ]);
  expect(signs({ '/to': 'undisclosed: Ева <ева@пример.рф>;' }).addressed).toEqual(['ева@пример.рф']);
  expect(signs({ '/cc/0': 'root@localhost' }).addressed).toEqual(['root@localhost']);
  expect(signs({ '/people': 'Ann, B. <a@x.org>; <b@x.org>,,\n"C" c@x.org;' }).recipients).toHaveLength(3);
  expect(signs({ '/content': 'hello @anna', '/to': 'node_modules/@scope/x' }).recipients).toEqual([]);
});

test('what is too long to be looked through is told, unless it is text for people', () => {
  const long = 'x '.repeat(10_000);
  expect(signs({ '/sql': `${long}; drop table t`, '/branch': long, '/content': long, '/note': long }).unread).toEqual([
    '/sql',
    '/branch',
  ]);
});

test('SQL is looked for in whatever may be a statement, and in text only where it begins as one', () => {
  expect(signs({ '/sql': 'SELECT 1 FROM t; /* x */ DELETE/**/FROM t' }).sql).toEqual(['delete', 'select']);
  expect(signs({ '/statement': 'drop table t', '/note': 'We drop table t tomorrow.' }).sql).toEqual(['drop']);
  const blanks = ' '.repeat(20_000);
  for (const value of ['drop table t', `drop table t;${blanks}x`, `${blanks}drop table t`])
    expect(signs({ '/input': value }).sql).toEqual(['drop']);
});

test('long values cost no more than short ones', () => {
  const began = performance.now();
  for (const unit of ['a@', 'insert ', 'grant a, ', '://', '-- ', '/*', ' @', 'a@b,,,c', 'a@b, ,c@d <'])
    signs({ '/query': `${unit.repeat(16_000 / unit.length)}@@`, '/x': unit.repeat(1_000_000) });
  expect(performance.now() - began).toBeLessThan(1_000);
});
