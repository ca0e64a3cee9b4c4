import { expect, test } from 'vitest';
import { readGreeting } from './greeting.ts';

const read = (result: string) => {
  const line = `{"jsonrpc":"2.0","id":1,"result":${result}}`;
  const greeting = readGreeting(new TextEncoder().encode(line));
  if (!greeting.ok) return greeting.code;
  const at = (span: { start: number; end: number } | null) => span && line.slice(span.start, span.end);
  return { ...greeting, instructions: at(greeting.instructions), identities: greeting.identities.map(at) };
};

test('the greeting of an older revision', () => {
  expect(
    read('{"protocolVersion":"2025-11-25", "capabilities":{"tools":{},"prompts":{}},"serverInfo" : {"name":"a"}}'),
  ).toMatchObject({ instructions: null, identities: ['{"name":"a"}'], capabilities: ['tools', 'prompts'] });
});

test('the greeting of revision 2026-07-28 has the identity in its _meta', () => {
  expect(
    read('{"capabilities":{},"instructions":"Hi","_meta":{"io.modelcontextprotocol/serverInfo":{"name":"a"}}}'),
  ).toMatchObject({ instructions: '"Hi"', identities: ['{"name":"a"}'], capabilities: [] });
});

test('who says it twice says it in two places', () => {
  const both = '{"serverInfo":1,"_meta":{"io.modelcontextprotocol/serverInfo":2}}';
  expect(read(both)).toMatchObject({ identities: ['1', '2'] });
});

test('instructions that are null are none', () => {
  expect(read('{"instructions":null}')).toMatchObject({ instructions: null });
});

test('keys that two readers could take for one another are refused', () => {
  expect(read('{"instructions":"a","instructions":"b"}')).toBe('AMBIGUOUS');
  expect(read('{"instructions":"a","Instructions":"b"}')).toBe('AMBIGUOUS');
  expect(read('{"_meta":{"a":1,"a":2}}')).toBe('AMBIGUOUS');
});
