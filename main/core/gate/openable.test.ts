import { expect, test } from 'vitest';
import { isOpenable } from './openable.ts';

test.each([
  'https://example.com',
  'https://auth.example.com:8443/authorize?client=1&scope=a%20b#top',
  'http://127.0.0.1:4000/callback',
  'http://[::1]/',
])('%s may be opened', (address) => {
  expect(isOpenable(address)).toBe(true);
});

test.each([
  'javascript:fetch("//evil.example")',
  'file:///etc/passwd',
  'data:text/html,hello',
  'vscode://evil.extension/run',
  'http://example.com',
  'http://127.0.0.1.evil.example/',
  'https://github.com@evil.example/',
  'https:\\\\evil.example',
  'https://p\u0430ypal.example',
  'https://example.com/\u202egnp',
  'https://example.com/$(id) `x`\n',
  ' https://example.com',
  undefined,
  7,
])('%j may not', (address) => {
  expect(isOpenable(address)).toBe(false);
});
