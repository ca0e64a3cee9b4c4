import { expect, test } from 'vitest';
import { serversText } from './serversText.ts';

const { read: readServers, withEntry, withEntryKey } = serversText;

function problemOf(text: string): string {
  const read = readServers(text);
  if (read.ok) throw new Error('the text is sound');
  return read.problem;
}

test('no file and an empty one have no servers', () => {
  expect(readServers(null)).toEqual({ ok: true, entries: new Map() });
  expect(readServers('\n')).toEqual({ ok: true, entries: new Map() });
  expect(readServers('{}')).toEqual({ ok: true, entries: new Map() });
});

test('comments, trailing commas, a byte order mark and unknown keys are fine', () => {
  const read = readServers(
    '\uFEFF{\n// mine\n"theme": 1, "mcpServers": {"a": {"command": "x", "alwaysAllow": [],},},}',
  );
  expect(read).toEqual({ ok: true, entries: new Map([['a', { command: 'x', args: [], env: {}, alwaysAllow: [] }]]) });
});

test.each([
  ['{\n"mcpServers": {\n', /line 3: close brace expected/],
  ['{"mcpServers": {"a": {"args": []}}}', /line 1: mcpServers\.a\.command/],
  ['{"mcpServers": {\n"a": {"command": "x"},\n"b": {"command": "x", "args": [1]}}}', /line 3: mcpServers\.b\.args\.0/],
  ['{"mcpServers": {"a": {"command": "x"},\n"a": {"command": "y"}}}', /line 2: "a" is there twice/],
  ['{"mcpServers": {"a": {"command": "x",\n"command": "y"}}}', /line 2: "command" is there twice/],
  [
    '{"mcpServers": {"a": {"command": "x"},\n"b": {"command": "x", "args": ["\\ud800"]}}}',
    /line 2: mcpServers\.b: .*no Unicode/,
  ],
  ['{"mcpServers": {"../a": {"command": "x"}}}', /mcpServers\.\.\.\/a: has 1 to 64/],
  ['[]', /line 1: .*expected object/],
  ['{"mcpServers": {"a": {"url": "https://x"}}}', /mcpServers\.a\.command: names the program/],
  ['{"mcpServers": {"a": {"command": "x", "sandbox": "on"}}}', /mcpServers\.a\.sandbox: is one of standard/],
])('%j is a fault with its line', (text, problem) => {
  expect(problemOf(text)).toMatch(problem);
});

test('of a file with a fault only what is switched off counts', () => {
  const text = '{"mcpServers": {"a": {"command": "x", "disabled": true}, "b": {"command": 7}}}';
  expect(readServers(text)).toMatchObject({ ok: false, switchedOff: ['a'] });
});

test('an edit leaves comments, other keys and the indentation alone', () => {
  const text =
    '{\n    // keep me\n    "mcpServers": {\n        "a": { "command": "x" } // and me\n    },\n    "other": [1,2]\n}\n';
  const added = withEntry(text, 'b', { command: 'node', args: ['s.js'], env: {} });
  expect(added).toContain('// keep me');
  expect(added).toContain('// and me');
  expect(added).toContain('"other": [1,2]');
  expect(added).toContain('\n        "b": {\n            "command": "node"');
  const removed = withEntry(added, 'b', undefined);
  expect(removed).toContain('// and me');
  expect(readServers(removed)).toEqual(readServers(text));
});

test('a key comes and goes without a trace', () => {
  const text = '{"mcpServers": {"a": {"command": "x"}}}';
  const off = withEntryKey(text, 'a', 'disabled', true);
  expect(readServers(off)).toMatchObject({ ok: true });
  expect(off).toContain('"disabled": true');
  expect(JSON.parse(withEntryKey(off, 'a', 'disabled', undefined))).toEqual(JSON.parse(text));
});

test('the first entry makes the file', () => {
  expect(JSON.parse(withEntry(null, 'a', { command: 'x', args: [], env: {} }))).toEqual({
    mcpServers: { a: { command: 'x', args: [], env: {} } },
  });
});
