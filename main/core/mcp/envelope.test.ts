import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEnvelope } from './envelope.ts';

const encode = (text: string) => new TextEncoder().encode(text);

/** What a line is, in one readable line of its own. */
function reading(source: string | Uint8Array): string {
  const line = typeof source === 'string' ? encode(source) : source;
  const read = readEnvelope(line);
  if (!read.ok) return `${read.code} for ${read.idJson}: ${read.detail}`;
  const cut = (span: { start: number; end: number } | null) =>
    span === null ? '-' : new TextDecoder().decode(line.subarray(span.start, span.end));
  const { envelope } = read;
  switch (envelope.kind) {
    case 'request':
      return `request ${envelope.idJson}=${JSON.stringify(envelope.id)} ${envelope.method} ${cut(envelope.params)}`;
    case 'notification':
      return `notification ${envelope.method} ${cut(envelope.params)}`;
    case 'response':
      return `response ${envelope.idJson}=${JSON.stringify(envelope.id)} ${cut(envelope.result)} ${cut(envelope.error)}`;
    case 'batch':
      return `batch ${envelope.items.map((item) => new TextDecoder().decode(item)).join(' | ')}`;
  }
}

describe('a message is', () => {
  it.each([
    ['{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x"}}', 'request 1=1 tools/call {"name":"x"}'],
    ['{"method":"ping","params":null,"jsonrpc":"2.0","id":"\\u0061/1"}', 'request "\\u0061/1"="a/1" ping -'],
    [' { "jsonrpc" : "2.0" , "id" : -7 , "method" : "a\\/b" }\r', 'request -7=-7 a/b -'],
    ['{"jsonrpc":"2.0","method":"notifications/initialized"}', 'notification notifications/initialized -'],
    [
      '{"jsonrpc":"2.0","id":9007199254740991,"result":{"a":[1,2]}}',
      'response 9007199254740991=9007199254740991 {"a":[1,2]} -',
    ],
    ['{"jsonrpc":"2.0","id":3,"error":{"code":-1,"message":"no"}}', 'response 3=3 - {"code":-1,"message":"no"}'],
    ['{"jsonrpc":"2.0","id":3,"result":{},"error":null}', 'response 3=3 {} -'],
    ['{"jsonrpc":"2.0","id":3,"result":null,"error":{"code":1}}', 'response 3=3 - {"code":1}'],
    ['{"jsonrpc":"2.0","id":3,"result":null}', 'response 3=3 null -'],
    [
      '[{"jsonrpc":"2.0","id":1,"method":"ping"} , {"jsonrpc":"2.0","method":"x"}]',
      'batch {"jsonrpc":"2.0","id":1,"method":"ping"} | {"jsonrpc":"2.0","method":"x"}',
    ],
  ])('%s', (source, expected) => {
    expect(reading(source)).toBe(expected);
  });

  it('let through with unknown top-level keys', () => {
    expect(reading('{"jsonrpc":"2.0","id":1,"method":"ping","trace":{"a":1,"a":2},"Größe":3}')).toBe(
      'request 1=1 ping -',
    );
  });
});

describe('refused as ambiguous', () => {
  it.each([
    ['{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call"}', 'AMBIGUOUS for 1'],
    ['{"jsonrpc":"2.0","id":1,"method":"ping","Method":"tools/call"}', 'AMBIGUOUS for 1'],
    [
      '{"jsonrpc":"2.0","id":1,"result":{},"METHOD":"tools/call"}',
      'AMBIGUOUS for 1: the key "METHOD" resembles "method"',
    ],
    ['{"jsonrpc":"2.0","method":"tools/call","ID":7}', 'AMBIGUOUS for null: the key "ID" resembles "id"'],
    ['{"jsonrpc":"2.0","id":1,"method":"ping","\\u0070arams":{},"params":{}}', 'AMBIGUOUS for 1'],
    ['{"jsonrpc":"2.0","id":1,"method":"ping","re\u017fult":{}}', 'AMBIGUOUS for 1'],
    ['{"jsonrpc":"2.0","id":1,"method":"ping","result":{}}', 'AMBIGUOUS for 1: a message that is both'],
    ['{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}', 'AMBIGUOUS for null'],
  ])('%s', (source, expected) => {
    expect(reading(source)).toContain(expected);
  });

  it('invalid UTF-8 however deep', () => {
    const line = encode('{"jsonrpc":"2.0","id":"a","result":{"x":["?"]}}');
    line[line.indexOf(0x3f)] = 0xff;
    expect(reading(line)).toBe('AMBIGUOUS for "a": invalid UTF-8, at byte 42');
  });
});

describe('refused for its id', () => {
  it.each([
    'null',
    'true',
    '1.5',
    '1.0',
    '1e3',
    '-0',
    '9007199254740992',
    '-9007199254740993',
    '[1]',
    '{"a":1}',
    '"\\ud800"',
    '123456789012345678901234567890',
  ])('%s', (id) => {
    expect(reading(`{"jsonrpc":"2.0","id":${id},"method":"ping"}`)).toMatch(/^ID_REFUSED/);
    expect(reading(`{"jsonrpc":"2.0","id":${id},"result":{}}`)).toMatch(/^ID_REFUSED/);
  });

  it('but answered under it where it can be addressed', () => {
    expect(reading('{"jsonrpc":"2.0","method":"ping","id":1.5}')).toBe('ID_REFUSED for 1.5: the id is 1.5');
    expect(reading('{"jsonrpc":"2.0","method":"ping","id":true}')).toBe('ID_REFUSED for null: the id is true');
    expect(reading('{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"}}')).toBe(
      'ID_REFUSED for null: the id is missing',
    );
  });
});

describe('refused as no message', () => {
  it.each([
    ['hello', 'where an object should be'],
    ['"text"', 'where an object should be'],
    ['{"jsonrpc":"2.0","id":1}', 'neither a request nor an answer'],
    ['{"id":1,"method":"ping"}', '"jsonrpc" is not "2.0"'],
    ['{"jsonrpc":"1.0","id":1,"method":"ping"}', '"jsonrpc" is not "2.0"'],
    ['{"jsonrpc":"2.0","id":1,"method":5}', '"method" is not a string'],
    ['{"jsonrpc":"2.0","id":1,"method":"ping","params":"x"}', '"params" is no object or array'],
    ['{"jsonrpc":"2.0","id":1,"error":"no"}', '"error" is not an object'],
    ['{"jsonrpc":"2.0","id":1,"result":{},"error":{}}', 'both a result and an error'],
    ['{"jsonrpc":"2.0","id":1,"method":"ping"} {}', 'where the end should be'],
    ['{"jsonrpc":"2.0","id":1,"method":"ping"', 'the text ends'],
    ['[]', 'an empty batch'],
    ['[[]]', 'a batch item that is no object'],
    ['[1]', 'a batch item that is no object'],
    ['\ufeff{}', 'byte order mark'],
  ])('%s', (source, detail) => {
    expect(reading(source)).toMatch(/^NOT_JSON/);
    expect(reading(source)).toContain(detail);
  });

  it('nesting of 100,000 levels, with the id found behind it', () => {
    const deep = `{"jsonrpc":"2.0","method":"tools/call","params":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}},"id":7}`;
    expect(reading(deep)).toMatch(/^TOO_DEEP for 7: more than 128 levels/);
  });
});

it('finds the parts of every well-formed message', () => {
  const id = fc.oneof(
    fc.maxSafeInteger(),
    fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
  );
  const params = fc.option(
    fc.dictionary(fc.constantFrom('a', 'b', 'é'), fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' }), {
      noNullPrototype: true,
    }),
    { nil: undefined },
  );
  fc.assert(
    fc.property(id, fc.string({ minLength: 1 }), params, fc.constantFrom(0, 1, '\t'), (id, method, params, indent) => {
      fc.pre(!Object.is(id, -0));
      const line = encode(JSON.stringify({ jsonrpc: '2.0', id, method, params }, null, indent));
      const read = readEnvelope(line);
      if (!read.ok || read.envelope.kind !== 'request') throw new Error(JSON.stringify(read));
      const span = read.envelope.params;
      expect(read.envelope).toMatchObject({ id, method });
      expect(JSON.parse(read.envelope.idJson)).toBe(id);
      expect(
        span === null ? undefined : JSON.parse(new TextDecoder().decode(line.subarray(span.start, span.end))),
        // JSON has no -0: what was written is what has to come back.
      ).toEqual(params && JSON.parse(JSON.stringify(params)));
    }),
  );
});

const suite = fileURLToPath(new URL('../../../../shared/data/json/test_parsing', import.meta.url));
it.skipIf(!existsSync(suite))(
  'samples of JSONTestSuite: each file as a value inside a result is refused when it is no JSON, and passes when it is',
  () => {
    const wrong: string[] = [];
    for (const file of readdirSync(suite)) {
      const inside = readFileSync(`${suite}/${file}`);
      const line = Buffer.concat([encode('{"jsonrpc":"2.0","id":1,"result":{"value":'), inside, encode('}}')]);
      const { ok } = readEnvelope(line);
      // A file without its surroundings may be broken where inside them it is not: `1]` is, `` is not.
      if ((file.startsWith('n_') && ok) || (file.startsWith('y_') && !ok)) wrong.push(file);
    }
    expect(wrong).toEqual([]);
  },
);
