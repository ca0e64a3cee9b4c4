import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonNode, readStrict, toValue } from './strict.ts';

const samples = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const encode = (text: string) => new TextEncoder().encode(text);
const read = (source: string | Uint8Array) => readStrict(typeof source === 'string' ? encode(source) : source);

function node(source: string | Uint8Array): JsonNode {
  const result = read(source);
  if (!result.ok) throw new Error(`${result.code} at ${result.offset}: ${result.detail}`);
  return result.node;
}

function refusal(source: string | Uint8Array): string {
  const result = read(source);
  return result.ok ? 'accepted' : `${result.code} at ${result.offset}: ${result.detail}`;
}

describe('what it reads', () => {
  it('comes with the place of every part', () => {
    const source = ' {"a" : [1.50, "é\\n"], "b":{}} ';
    const bytes = encode(source);
    const cut = ({ start, end }: { start: number; end: number }) =>
      new TextDecoder().decode(bytes.subarray(start, end));
    const top = node(bytes);
    if (top.kind !== 'object') throw new Error(top.kind);
    expect(cut(top)).toBe('{"a" : [1.50, "é\\n"], "b":{}}');
    expect(
      top.members.map(({ key, keyStart, keyEnd, value }) => [key, cut({ start: keyStart, end: keyEnd }), cut(value)]),
    ).toEqual([
      ['a', '"a"', '[1.50, "é\\n"]'],
      ['b', '"b"', '{}'],
    ]);
    const list = top.members[0]?.value;
    if (list?.kind !== 'array') throw new Error('no array');
    expect(list.items.map((item) => ({ kind: item.kind, cut: cut(item) }))).toEqual([
      { kind: 'number', cut: '1.50' },
      { kind: 'string', cut: '"é\\n"' },
    ]);
    expect(list.items).toMatchObject([{ text: '1.50' }, { value: 'é\n' }]);
  });

  it('can be a part of a larger text, placed in the whole', () => {
    const bytes = encode('{"é":{"x":"ü"}} behind');
    const result = readStrict(bytes, { start: 6, end: 16 });
    expect(result).toMatchObject({
      ok: true,
      node: { start: 6, end: 16, members: [{ key: 'x', value: { value: 'ü', start: 11 } }] },
    });
  });

  it('ends where the part ends, whatever stands behind it', () => {
    const bytes = encode('[[1,"a"],2]');
    for (let end = 1; end < bytes.length; end++) expect(readStrict(bytes, { end }).ok).toBe(false);
    for (let end = 2; end < 8; end++) expect(readStrict(bytes, { start: 1, end }).ok).toBe(false);
    expect(readStrict(bytes, { start: 1, end: 8 }).ok).toBe(true);
  });

  it('has the value that JSON.parse gives', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6, stringUnit: 'binary' }), fc.constantFrom(0, 1, '\t'), (json, indent) => {
        const value = JSON.parse(json);
        fc.pre(JSON.stringify(value).isWellFormed() && !/\\u[dD][89a-fA-F]/.test(JSON.stringify(value)));
        const source = JSON.stringify(value, null, indent);
        const result = read(source);
        // fast-check makes keys such as "a" and "A": those are rightly refused.
        if (!result.ok) expect(result.detail).toContain('differ only by case or normalisation');
        else expect(toValue(result.node)).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps numbers as written and values them as JSON.parse does', () => {
    for (const text of [
      '9007199254740993',
      '-0',
      '1e400',
      '0.1000000000000000055511151231257827',
      '1E+2',
      '123456789012345678901234567890',
    ]) {
      const number = node(text);
      expect(number).toMatchObject({ kind: 'number', text });
      expect(toValue(number)).toBe(JSON.parse(text));
    }
  });

  it('makes __proto__ an ordinary property', () => {
    const value = toValue(node('{"__proto__":{"admin":true}}')) as Record<string, unknown>;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.hasOwn(value, '__proto__')).toBe(true);
    expect(value.admin).toBeUndefined();
  });
});

describe('what two parsers could read differently is refused', () => {
  it.each([
    ['the same key twice', '{"a":1,"a":2}', 'the key "a" occurs twice'],
    ['the same key once escaped', '{"method":1,"m\\u0065thod":2}', 'the key "method" occurs twice'],
    ['deep inside', '[{"x":[{"b":1,"c":2,"b":3}]}]', 'the key "b" occurs twice'],
    ['keys that differ by case', '{"path":1,"Path":2}', '"path" and "Path" differ only by case'],
    ['keys that differ by case beyond ASCII', '{"straße":1,"STRASSE":2}', 'differ only by case'],
    ['keys that differ by normalisation form C', '{"\u00e9":1,"e\u0301":2}', 'differ only by case or normalisation'],
    ['keys that differ by compatibility form', '{"file":1,"\ufb01le":2}', 'differ only by case or normalisation'],
    ['the Kelvin sign for k', '{"key":1,"\u212aey":2}', 'differ only by case or normalisation'],
    ['a long s for s', '{"user":1,"u\u017fer":2}', 'differ only by case or normalisation'],
    ['a lone high surrogate', '["\\ud800"]', 'a lone surrogate'],
    ['a lone low surrogate in a key', '{"\\udc00":1}', 'a lone surrogate'],
    ['surrogates the wrong way round', '"\\udc00\\ud800"', 'a lone surrogate'],
  ])('%s', (_what, source, detail) => {
    expect(refusal(source)).toMatch(/^AMBIGUOUS/);
    expect(refusal(source)).toContain(detail);
  });

  it('among many keys too', () => {
    const many = Array.from({ length: 200 }, (_, place) => `"key${place}":0`).join(',');
    expect(refusal(`{${many}}`)).toBe('accepted');
    expect(refusal(`{${many},"KEY150":1}`)).toContain('"key150" and "KEY150" differ only by case');
    expect(refusal(`{${many},"é":1,"key3":1}`)).toContain('"key3" occurs twice');
  });

  it.each([
    ['overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
    ['overlong in three bytes', [0x22, 0xe0, 0x80, 0xaf, 0x22]],
    ['overlong in four bytes', [0x22, 0xf0, 0x80, 0x80, 0xaf, 0x22]],
    ['a surrogate in UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['beyond U+10FFFF', [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22]],
    ['a continuation byte alone', [0x22, 0x80, 0x22]],
    ['a sequence cut short', [0x22, 0xe2, 0x82, 0x22]],
    ['a sequence cut by the end', [0x22, 0xe2, 0x82]],
    ['ISO-8859-1', [0x22, 0x61, 0x62, 0x63, 0xe9, 0x22]],
  ])('invalid UTF-8: %s', (_what, source) => {
    expect(refusal(new Uint8Array(source))).toMatch(/^AMBIGUOUS .*invalid UTF-8/);
  });

  it('accepts exactly the byte sequences that a fatal decoder accepts', () => {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0x80, max: 0xff }), { minLength: 1, maxLength: 5 }), (inside) => {
        let valid = true;
        try {
          decoder.decode(new Uint8Array(inside));
        } catch {
          valid = false;
        }
        expect(read(new Uint8Array([0x22, ...inside, 0x22])).ok).toBe(valid);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('what is not JSON is refused', () => {
  it.each([
    ['nothing', '', 'the text ends'],
    ['a byte order mark', '\ufeff{}', 'byte order mark'],
    ['bytes behind', '{} {}', 'where the end should be'],
    ['a trailing comma', '[1,]', 'where a value should be'],
    ['a single quote', "{'a':1}", 'where a key should be'],
    ['a raw control character', '"a\tb"', 'control character 0x09'],
    ['a zero before a number', '[01]', 'a comma or the end of the array'],
    ['a plus', '+1', 'where a value should be'],
    ['a bare word', 'NaN', 'where a value should be'],
    ['an unknown escape', '"\\x41"', 'starts no escape'],
    ['a comment', '[1/**/]', 'a comma or the end of the array'],
  ])('%s', (_what, source, detail) => {
    expect(refusal(source)).toMatch(/^NOT_JSON/);
    expect(refusal(source)).toContain(detail);
  });

  it('names the byte', () => {
    expect(refusal('{"é":tru}')).toBe('NOT_JSON at 6: neither true, false nor null');
  });
});

describe('depth', () => {
  const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

  it('is 128 levels unless told', () => {
    expect(refusal(nested(128))).toBe('accepted');
    expect(refusal(nested(129))).toBe('TOO_DEEP at 128: more than 128 levels');
    expect(readStrict(encode(nested(5)), { maxDepth: 4 })).toMatchObject({ ok: false, code: 'TOO_DEEP' });
  });

  it('never overflows the stack, whatever limit is asked for', () => {
    for (const source of [nested(100_000), '{"a":'.repeat(100_000), '['.repeat(100_000)]) {
      expect(readStrict(encode(source), { maxDepth: 1_000_000 })).toMatchObject({ ok: false, code: 'TOO_DEEP' });
    }
  });
});

describe('collected samples', () => {
  const suite = `${samples}json/test_parsing`;
  const present = existsSync(suite);
  it.skipIf(!present)('JSONTestSuite: what must be refused is, what must be accepted is unless keys clash', () => {
    const wrong: string[] = [];
    for (const file of readdirSync(suite)) {
      const bytes = readFileSync(`${suite}/${file}`);
      const result = readStrict(bytes);
      if (file.startsWith('n_') && result.ok) wrong.push(file);
      if (file.startsWith('y_') && !result.ok && !(result.code === 'AMBIGUOUS' && result.detail.includes('key')))
        wrong.push(file);
      if (result.ok) expect(toValue(result.node)).toEqual(JSON.parse(bytes.toString()));
    }
    expect(wrong).toEqual([]);
  });

  const strings = `${samples}blns/blns.json`;
  it.skipIf(!existsSync(strings))('the Big List of Naughty Strings arrives as it is', () => {
    const naughty = JSON.parse(readFileSync(strings, 'utf8')) as string[];
    expect(naughty.length).toBeGreaterThan(400);
    for (const value of naughty) {
      expect(toValue(node(JSON.stringify({ value })))).toEqual({ value });
      expect(toValue(node(JSON.stringify([value])))).toEqual([value]);
    }
  });
});
