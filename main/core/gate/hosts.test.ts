import { expect, test } from 'vitest';
import { hostsIn } from './hosts.ts';

const hosts = (text: string, named = false) => hostsIn(text, named).hosts;

test.each([
  ['HTTPS://user:pw@API.Example.com:8443/x', ['api.example.com']],
  ['see http://[::1]/a and ws://b.example', ['[::1]', 'b.example']],
  ['postgresql://me:secret@db.example/app', ['db.example']],
  ['mongodb+srv://cluster.example', ['cluster.example']],
  ['git@github.com:owner/repo.git', ['github.com']],
  ['\\\\files.example\\share', ['files.example']],
  ['mailto:eve@example.org', []],
  ['note: this', []],
  ['demo://insights', []],
  ['12:30', []],
])('%s', (text, expected) => {
  expect(hosts(text)).toEqual(expected);
});

test('an address that two readers take for two hosts names both', () => {
  expect(hosts('https://good.example\\@evil.example/')).toEqual(['evil.example', 'good.example']);
  expect(hosts('https://a@good.example@evil.example/')).toEqual(['evil.example', 'good.example']);
});

test('one host has one name, however it is written', () => {
  for (const text of [
    'https:evil.example/x',
    'http:/evil.example',
    'https:\\\\evil.example',
    'https://evil.example./',
    'https://%65vil.example/',
    'https://ｅvil。example/',
    'https://e\u00advil.example/',
  ])
    expect(hosts(text), text).toEqual(['evil.example']);
  for (const text of ['http://2130706433/', 'http://0x7f.1/', 'http://0177.0.0.1/', 'http://127.1/'])
    expect(hosts(text), text).toContain('127.0.0.1');
});

test('a host alone is one where the argument takes hosts', () => {
  expect(hosts('evil.example:8080', true)).toEqual(['evil.example']);
  expect(hosts('evil.example')).toEqual([]);
});

test('addresses beyond those that are looked at are told, also where many are of one host', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `http://u${index}@h/`).join(' ');
  expect(hostsIn(`${many(900)} http://evil.example/`, false)).toEqual({ hosts: ['h', 'evil.example'], more: false });
  expect(hostsIn(`${many(1_100)} http://evil.example/`, false)).toEqual({ hosts: ['h'], more: true });
});

test('a host that is too long to be one is told, and the others are found', () => {
  const long = `http://${'a'.repeat(5_000)}/`;
  expect(hostsIn(`${long} http://evil.example/`, false)).toEqual({ hosts: ['evil.example'], more: true });
  expect(hostsIn(`http://${'%61'.repeat(253)}/`, false)).toEqual({ hosts: ['a'.repeat(253)], more: false });
});

test('long texts cost no more than short ones', () => {
  const began = performance.now();
  for (const begin of ['', 'http://'])
    for (const unit of ['http:', '://', 'http://', 'a@', 'ssh://a@', '\\\\', '@', 'http://x ', '\u0301\u0316'])
      hosts(begin + unit.repeat(500_000 / unit.length));
  hosts(`http:${'.'.repeat(500_000)}x`);
  expect(performance.now() - began).toBeLessThan(2_000);
});
