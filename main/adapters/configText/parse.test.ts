import { expect, test } from 'vitest';
import { canonicalJson } from '../../core/ledger/canonical.ts';
import { parseConfig } from './parse.ts';

test.each([
  ['json', '{ "mcpServers": { "a\\ud800": { "command": "x", "args": ["\\uDFFF"] }, "b": { "command": "y" } } }'],
  ['yaml', 'mcpServers:\n  "a\\uD800":\n    command: x\n    args: ["\\uDFFF"]\n  b:\n    command: y\n'],
] as const)('half a character in %s hides no entry', async (format, text) => {
  const read = await parseConfig(text, format);
  const value = read.ok ? read.document.value : null;
  expect(value).toEqual({ mcpServers: { 'a\ufffd': { command: 'x', args: ['\ufffd'] }, b: { command: 'y' } } });
  expect(() => canonicalJson(value)).not.toThrow();
});

test('whole characters stay as they are', async () => {
  const read = await parseConfig('{ "a": "\\ud83d\\ude00" }', 'json');
  expect(read).toMatchObject({ ok: true, document: { value: { a: '😀' } } });
});

const shared = (name: string, of: string) => `${name}: &${name} [${Array(10).fill(of).join(', ')}]\n`;
test.each([
  ['names nothing', 'a: *x'],
  ['stands for what it is part of', 'a: &a\n  b: [1, *a]'],
  ['makes too much of a little', shared('a', '1') + shared('b', '*a') + shared('c', '*b')],
])('a YAML alias that %s is a fault of the file', async (_, text) => {
  expect(await parseConfig(text, 'yaml')).toMatchObject({ ok: false, line: null, message: /alias/ as never });
});

test('a YAML key that is there twice is a fault of the file, at its line', async () => {
  expect(await parseConfig('a:\n  b: 1\n  "b": 2\n', 'yaml')).toMatchObject({
    ok: false,
    line: 3,
    message: /unique/ as never,
  });
  expect(await parseConfig('a: {b: 1}\nc: {b: 2}\n', 'yaml')).toMatchObject({ ok: true });
});

test('what is made to keep its reader busy is read at once, or not at all', async () => {
  const began = performance.now();
  const lines = (length: number, line: (index: number) => string) =>
    Array.from({ length }, (_, at) => line(at)).join('');
  expect(
    await parseConfig(
      lines(10_000, (at) => `k${at}: 1\n`),
      'yaml',
    ),
  ).toMatchObject({ ok: true });
  const aliases = `x: &x 1\n${lines(10_000, (at) => `k${at}: *x\n`)}`;
  expect(await parseConfig(aliases, 'yaml')).toMatchObject({ ok: false, line: 102, message: /aliases/ as never });
  expect(await parseConfig('a: 1\n'.repeat(100_000), 'yaml')).toMatchObject({ ok: false, message: 'it is too long' });
  expect(await parseConfig('[[a]]\n'.repeat(100_000), 'toml')).toMatchObject({ ok: false, message: 'it is too long' });
  expect(performance.now() - began).toBeLessThan(3_000);
});
