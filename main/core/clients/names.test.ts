import { expect, test } from 'vitest';
import { freeName, secretName, serverName } from './names.ts';

test('a name has letters, digits and what joins them, and none of that at its ends', () => {
  expect(serverName('My server (new)')).toBe('My-server-new');
  expect(serverName('--x--')).toBe('x');
  expect(serverName('///')).toBe('server');
  expect(secretName('GITHUB_TOKEN')).toBe('github-token');
  expect(secretName('_')).toBe('secret');
  expect(freeName('a', (name) => name === 'a')).toBe('a-2');
});

test('a long name costs no more than a short one', () => {
  const began = performance.now();
  expect(serverName(`a${'-'.repeat(1_000_000)}b`)).toBe(`a${'-'.repeat(63)}`);
  expect(performance.now() - began).toBeLessThan(1_000);
});
