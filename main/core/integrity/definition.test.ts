import { expect, test } from 'vitest';
import { readDefinition } from './definition.ts';

const read = (json: string) => readDefinition(new TextEncoder().encode(json));

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
