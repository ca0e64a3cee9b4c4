import { expect, test } from 'vitest';
import type { DefinitionKind } from '../../contract/tool.ts';
import { readDefinition } from './definition.ts';

const read = (json: string, kind: DefinitionKind = 'tool') => readDefinition(kind, new TextEncoder().encode(json));

test('layout and order of keys do not make another definition', () => {
  const one = read('{"name":"a","description":"x","inputSchema":{"type":"object"}}');
  const other = read('{ "inputSchema": {"type": "object"},\n "description": "\\u0078", "name": "a" }');
  expect(one?.name).toBe('a');
  expect(one?.canonical).toBe(other?.canonical);
});

test('every part of it counts, known or not', () => {
  const plain = read('{"name":"a"}')?.canonical;
  for (const more of ['"title":"b"', '"annotations":{"readOnlyHint":true}', '"_meta":{"x":1}', '"vendor":null'])
    expect(read(`{"name":"a",${more}}`)?.canonical).not.toBe(plain);
});

test('what two readers could read differently is no definition', () => {
  expect(read('{"name":"a","name":"b"}')).toBeNull();
  expect(read('{"name":"a","Name":"b"}')).toBeNull();
  expect(read('{"name":"a","description":"\\ud800"}')).toBeNull();
  expect(read('{"name":"a","n":1e999}')).toBeNull();
});

test('what is no tool is no definition', () => {
  expect(read('["a"]')).toBeNull();
  expect(read('{"name":1}')).toBeNull();
  expect(read('{"title":"a"}')).toBeNull();
  expect(read('{"name":"a"')).toBeNull();
});

test('a prompt is told by its name, a template by its URIs, and what there is once by its kind', () => {
  expect(read('{"name":"a"}', 'prompt')?.name).toBe('a');
  expect(read('{"name":"a","uriTemplate":"x://{y}"}', 'template')?.name).toBe('x://{y}');
  expect(read('{"name":"a"}', 'template')).toBeNull();
  expect(read('"Call me first."', 'instructions')).toMatchObject({ name: 'instructions', value: 'Call me first.' });
  expect(read('{"text":"a"}', 'instructions')).toBeNull();
  expect(read('{"version":"1.0.0"}', 'identity')).toMatchObject({ name: 'identity', fields: { version: '1.0.0' } });
  expect(read('"a"', 'identity')).toBeNull();
});

test('what nobody could review to its end is not read', () => {
  expect(read(`"${'x'.repeat(1_000_000)}"`, 'instructions')).not.toBeNull();
  expect(read(`"${'x'.repeat(1_100_000)}"`, 'instructions')).toBeNull();
});
