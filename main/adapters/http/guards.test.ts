import { expect, test } from 'vitest';
import { hostIsOurs, originIsOurs } from './guards.ts';

test('our own names with our own port are heard', () => {
  expect(hostIsOurs('127.0.0.1:4242', 4242)).toBe(true);
  expect(hostIsOurs('localhost:4242', 4242)).toBe(true);
  expect(originIsOurs('http://127.0.0.1:4242', '127.0.0.1:4242', 4242)).toBe(true);
});

test.each([
  undefined,
  '',
  '127.0.0.1',
  '127.0.0.1:80',
  'rebound.example:4242',
  'localhost:4242.evil.example',
  '127.0.0.1:4242 ',
])('the host %j is refused', (host) => {
  expect(hostIsOurs(host, 4242)).toBe(false);
});

test.each([
  undefined,
  'null',
  'https://127.0.0.1:4242',
  'http://localhost:4242',
  'http://127.0.0.1:4243',
  'http://evil.example',
])('the origin %j is refused at 127.0.0.1', (origin) => {
  expect(originIsOurs(origin, '127.0.0.1:4242', 4242)).toBe(false);
});
