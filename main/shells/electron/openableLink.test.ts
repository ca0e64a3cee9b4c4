import { expect, test } from 'vitest';
import { openableLink } from './openableLink.ts';

test.each(['https://example.com/', 'https://modelcontextprotocol.io/docs?x=1#y'])('%s may be offered', (url) => {
  expect(openableLink(url)).toBe(url);
});

test.each([
  'http://example.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'smb://host/share',
  'ms-settings:privacy',
  'https://user@example.com/',
  'https://user:secret@example.com/',
  'https://localhost/',
  'not a url',
  '',
])('%s is dropped', (url) => {
  expect(openableLink(url)).toBeNull();
});
