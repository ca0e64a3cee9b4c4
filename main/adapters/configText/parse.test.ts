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
  ['makes too much of a little', shared('a', '1') + shared('b', '*a') + shared('c', '*b')],
])('a YAML alias that %s is a fault of the file', async (_, text) => {
  expect(await parseConfig(text, 'yaml')).toMatchObject({ ok: false, line: null, message: /alias/ as never });
});
