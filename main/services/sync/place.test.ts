import { expect, test } from 'vitest';
import { collectorUrl, cosignerOf } from './place.ts';

test.each([
  ['https://collector.example', 'https://collector.example/'],
  ['https://collector.example:8440/v1/x?y', 'https://collector.example:8440/'],
  ['http://127.0.0.1:8440', 'http://127.0.0.1:8440/'],
  ['http://localhost:8440/', 'http://localhost:8440/'],
])('%s is a collector', (text, place) => {
  expect(collectorUrl(text)).toBe(place);
});

test.each([
  'http://collector.example',
  'http://127.0.0.1.example',
  'https://user:word@collector.example',
  'ftp://collector.example',
  'file:///etc/passwd',
  'collector',
])('%s is none', (text) => {
  expect(() => collectorUrl(text)).toThrow('https');
});

test('a code names the key that receipts must be signed with', () => {
  expect(cosignerOf(`tenant.secret.${'k'.repeat(43)}`)).toBe('k'.repeat(43));
  for (const code of ['', 'tenant.secret', `tenant.secret.${'k'.repeat(42)}`, `tenant.secret.${'+'.repeat(43)}`])
    expect(() => cosignerOf(code)).toThrow('form of a code');
});
