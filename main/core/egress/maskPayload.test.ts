import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Masker } from './masker.ts';
import { maskPayload } from './maskPayload.ts';
import { SECRET_RULES } from './secretRules.ts';

const SECRET = 'correct-horse-battery';
const masker = new Masker([SECRET, '31415926'], SECRET_RULES);
const mask = (text: string) => maskPayload(Buffer.from(text), masker);

test('what holds no secret is kept as the same bytes', () => {
  const text = ' {"a" : 1.0e5, "b":[12345678901234567890, "\\u00e9\\/", null] }';
  expect(mask(text)).toEqual({ text, masked: [] });
});

test('only what was masked differs, and it is said where', () => {
  expect(mask(`{"a":[1,{"b":"x ${SECRET} y"}],"n":12345678901234567890}`)).toEqual({
    text: '{"a":[1,{"b":"x [masked: keychain-secret] y"}],"n":12345678901234567890}',
    masked: [{ pointer: '/a/1/b', rule: 'keychain-secret', start: 2, length: SECRET.length }],
  });
});

test('a secret in a key, and pointers that do not repeat it', () => {
  expect(mask(`{"${SECRET}/~":{"c":"${SECRET}"}}`)).toMatchObject({
    text: '{"[masked: keychain-secret]/~":{"c":"[masked: keychain-secret]"}}',
    masked: [{ pointer: '/[masked: keychain-secret]~1~0' }, { pointer: '/[masked: keychain-secret]~1~0/c' }],
  });
});

test('a secret behind escapes, and one that is a number', () => {
  const escaped = [...SECRET].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  expect(mask(`["${escaped}",31415926]`).text).toBe('["[masked: keychain-secret]","[masked: keychain-secret]"]');
});

test('members whose name says so, with their whole value', () => {
  const { text, masked } = mask(
    '{"password":"hunter2","clientSecret":"s p a c e","progressToken":"abc","token":12345,"schema":{"password":{"type":"string"}}}',
  );
  expect(text).toBe(
    '{"password":"[masked: member-password]","clientSecret":"[masked: member-clientsecret]","progressToken":"abc","token":"[masked: member-token]","schema":{"password":{"type":"string"}}}',
  );
  expect(masked.map(({ pointer }) => pointer)).toEqual(['/password', '/clientSecret', '/token']);
});

test('text that is no JSON is searched as one, and what is no text is not kept', () => {
  expect(mask(`oops ${SECRET} {`)).toEqual({
    text: 'oops [masked: keychain-secret] {',
    masked: [{ pointer: '', rule: 'keychain-secret', start: 5, length: SECRET.length }],
  });
  expect(maskPayload(Uint8Array.of(0x80), masker)).toMatchObject({ text: null, masked: [{ rule: 'not-searched' }] });
});

test('very many spans are counted, not listed', () => {
  const { masked } = mask(JSON.stringify(Array.from({ length: 1000 }, () => SECRET)));
  expect(masked).toHaveLength(256);
  expect(masked.at(-1)).toEqual({ pointer: '', rule: '745-more', start: 0, length: 745 * SECRET.length });
});

test('nesting deeper than any stack', () => {
  const text = `${'['.repeat(5000)}"${SECRET}"${']'.repeat(5000)}`;
  expect(mask(text).masked).toHaveLength(1);
});

test('whatever the value, it is nowhere in what is kept, which stays JSON of the same shape', () => {
  const shape = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(shape)
      : typeof value === 'object' && value
        ? Object.values(value).map(shape)
        : typeof value === 'number'
          ? 0
          : '';
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(), (value, seed) => {
      const hidden = JSON.parse(JSON.stringify(value), (_, one: unknown) =>
        typeof one === 'string' && seed % 2 ? `${one}${SECRET}` : one,
      ) as unknown;
      const { text } = mask(JSON.stringify(hidden));
      expect(text).not.toContain(SECRET);
      if (seed % 2 === 0) expect(shape(JSON.parse(text ?? ''))).toEqual(shape(value));
      else expect(() => JSON.parse(text ?? '')).not.toThrow();
    }),
  );
});

test('a token right behind an escape is seen at the first look', () => {
  const token = `ghp_${'Zk7Qw2Xv9Rb4Tn6Yc3Md8Lf5Hp1Js0Gg'.repeat(2).slice(0, 36)}`;
  expect(mask(JSON.stringify({ text: `one\n${token}\ntwo` })).text).toBe(
    '{"text":"one\\n[masked: github-token]\\ntwo"}',
  );
});

test('the first look and the whole search agree', () => {
  const part = fc.constantFrom(
    'pass',
    'word',
    '"',
    ':',
    '\\',
    '\n',
    ' ',
    '=',
    'hunter22',
    'path',
    'key',
    '-',
    SECRET,
    'ghp_',
    'AKIA',
    'QYLPMN5HGIEXAMQL',
  );
  const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.dictionary(text, text, { maxKeys: 3 }), (members) => {
      const json = JSON.stringify(members);
      const escaped = json.replaceAll('p', '\\u0070');
      const clean = (one: ReturnType<typeof mask>) => (one.text === null ? null : (JSON.parse(one.text) as unknown));
      expect(clean(mask(json))).toEqual(clean(mask(escaped)));
    }),
    { numRuns: 2000 },
  );
});
