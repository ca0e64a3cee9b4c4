import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recoverId, recoverIdOfLong } from './recover.ts';

const recovered = (text: string) => recoverId(new TextEncoder().encode(text));

describe('the id to answer with', () => {
  it.each([
    ['{"jsonrpc":"2.0","id":7,"params":{"text":"cut he', '7'],
    ['{"jsonrpc":"2.0","id":"a\\"b","params":[[[', '"a\\"b"'],
    ['{"params":{"id":1,"x":["id",2]},"id":-12,', '-12'],
    ['{"id":1.5}', '1.5'],
    ['{"a":"id","id" : 3 }', '3'],
    ['  {"id":"x"', '"x"'],
  ])('is found in %s', (text, id) => {
    expect(recovered(text)).toBe(id);
  });

  it.each([
    ['a number that may go on', '{"id":12'],
    ['a string that may go on', '{"id":"12'],
    ['no id at all', '{"params":{"id":1}}'],
    ['two', '{"id":1,"id":2}'],
    ['null', '{"id":null}'],
    ['an object', '{"id":{"id":4}}'],
    ['a batch', '[{"id":1}]'],
    ['a lone surrogate', '{"id":"\\ud800"}'],
    ['something that is no JSON', 'id: 5'],
    ['a second message behind the first', '{"a":1} {"id":2}'],
    ['nothing', ''],
  ])('is not made up: %s', (_what, text) => {
    expect(recovered(text)).toBeNull();
  });

  it('is always the text of a string or number, whatever the bytes', () => {
    const noise = fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '"id"', '1', '-', 'e', ' ', 'é'), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(noise, (parts) => {
        const id = recovered(`{"id":${parts.join('')}`);
        if (id !== null) expect(['string', 'number']).toContain(typeof JSON.parse(id));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the id of a line of which the middle was not kept', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const of = (head: string, tail: string) => recoverIdOfLong(bytes(head), bytes(tail));

  it.each([
    ['{"id":7,"result":"aaaa', 'aaaa"}', '7'],
    ['{"jsonrpc":"2.0","result":"aaaa', 'aaaa"},"id":7}', '7'],
    ['{"result":"aaaa', 'aaaa"} , "id" : "a\\"b" }\r', '"a\\"b"'],
    ['{"result":"aaaa', 'aaaa"},"id":-1,"jsonrpc":"2.0"}', '-1'],
  ])('is found at either end: %s … %s', (head, tail, id) => {
    expect(of(head, tail)).toBe(id);
  });

  it.each([
    ['{"result":"aaaa', 'aaaa \\"id\\":7}"}'],
    ['{"result":"aaaa', 'aaaa"},"ID":7}'],
    ['{"result":"aaaa', 'aaaa"},"id":7,"more":1}'],
    ['{"result":"aaaa', 'aaaa"},"id":null}'],
    ['{"result":"aaaa', '{"id":7}]'],
    ['{"result":"aaaa', ''],
  ])('is not made up: %s … %s', (head, tail) => {
    expect(of(head, tail)).toBeNull();
  });
});
