import { expect, test } from 'vitest';
import { fieldIn, queryOf, withField } from './filter.ts';

test('an empty text asks for everything', () => {
  expect(queryOf('  ')).toEqual({});
  expect(queryOf(' server:fs ')).toEqual({ text: 'server:fs' });
});

test('a field that is picked stands in the text, once', () => {
  expect(withField('refund', 'server', 'fs')).toBe('server:fs refund');
  expect(withField('server:git refund verdict:deny', 'server', 'fs')).toBe('server:fs refund verdict:deny');
  expect(withField('server:git refund', 'server', '')).toBe('refund');
  expect(withField('', 'server', 'my server')).toBe('server:"my server"');
});

test('what is picked is what the text says, unless it says more than one can pick', () => {
  expect(fieldIn('x server:fs y', 'server')).toBe('fs');
  expect(fieldIn('server:"my server"', 'server')).toBe('my server');
  expect(fieldIn('server:fs,git', 'server')).toBe('');
  expect(fieldIn('tool:delete_*', 'tool')).toBe('');
  expect(fieldIn('myserver:fs', 'server')).toBe('');
});
