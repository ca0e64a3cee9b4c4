import { expect, test } from 'vitest';
import { encodeUtf8 } from '../mcp/utf8.ts';
import { parseShebang } from './shebang.ts';

test.each([
  ['#!/bin/sh\necho', { interpreter: '/bin/sh', program: null }],
  ['#! /usr/bin/python3 -u\n', { interpreter: '/usr/bin/python3', program: null }],
  ['#!/usr/bin/env node\n', { interpreter: '/usr/bin/env', program: 'node' }],
  ['#!/usr/bin/env -S node --no-warnings\n', { interpreter: '/usr/bin/env', program: 'node' }],
  ['#!/usr/bin/env -S LANG=C uv run --script\n', { interpreter: '/usr/bin/env', program: 'uv' }],
  ['#!/usr/bin/env -u HOME python3\r\n', { interpreter: '/usr/bin/env', program: 'python3' }],
  ['#!/usr/bin/env -S -u HOME -C /x node\n', { interpreter: '/usr/bin/env', program: 'node' }],
  ['#!/usr/bin/env -vS --argv0 safe node\n', { interpreter: '/usr/bin/env', program: 'node' }],
  ['#!/usr/bin/env --split-string=--unset HOME node\n', { interpreter: '/usr/bin/env', program: 'node' }],
  ['#!/usr/bin/env', { interpreter: '/usr/bin/env', program: null }],
])('%j names what runs it', (text, expected) => {
  expect(parseShebang(encodeUtf8(text))).toEqual(expected);
});

test('other files name nothing', () => {
  for (const text of ['', '#', '#!', '#!\nnode', '\x7fELF', '# !/bin/sh'])
    expect(parseShebang(encodeUtf8(text))).toBeNull();
});
