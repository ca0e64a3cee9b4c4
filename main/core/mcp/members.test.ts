import { describe, expect, it } from 'vitest';
import { readItems, readMembers, stringAt } from './members.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('the members of an object', () => {
  it('come with the places of their values, deeper ones unread', () => {
    const line = bytes('x{"a": {"b":1,"b":2} ,"\\u0062":"t"}x');
    const read = readMembers(line, 1, line.length - 1);
    if (!read.ok) throw new Error(read.detail);
    expect(
      read.members.map(({ key, start, end }) => [key, new TextDecoder().decode(line.subarray(start, end))]),
    ).toEqual([
      ['a', '{"b":1,"b":2}'],
      ['b', '"t"'],
    ]);
  });

  it('are refused when their keys clash or hold a lone surrogate', () => {
    expect(readMembers(bytes('{"name":1,"Name":2}'))).toMatchObject({ ok: false, code: 'AMBIGUOUS', offset: 10 });
    expect(readMembers(bytes('{"a\\ud800":1}'))).toMatchObject({ ok: false, code: 'AMBIGUOUS', offset: 1 });
  });

  it('are refused when anything below is no JSON', () => {
    expect(readMembers(bytes('{"a":[1,{"b":tru}]}'))).toMatchObject({ ok: false, code: 'NOT_JSON', offset: 13 });
    expect(readMembers(bytes('[]'))).toMatchObject({ ok: false, code: 'NOT_JSON', offset: 0 });
    expect(readMembers(bytes('{"a":1}}'))).toMatchObject({ ok: false, code: 'NOT_JSON', offset: 7 });
    expect(readMembers(bytes('{"a":1;"b":2}'))).toMatchObject({ ok: false, code: 'NOT_JSON', offset: 6 });
  });
});

describe('the items of an array', () => {
  it('come with their places', () => {
    const line = bytes(' [ 1 , [2,3],{} ]');
    const read = readItems(line);
    if (!read.ok) throw new Error(read.detail);
    expect(read.items.map(({ start, end }) => new TextDecoder().decode(line.subarray(start, end)))).toEqual([
      '1',
      '[2,3]',
      '{}',
    ]);
    expect(readItems(bytes('[]'))).toEqual({ ok: true, items: [] });
    expect(readItems(bytes('[1,]'))).toMatchObject({ ok: false, code: 'NOT_JSON' });
    expect(readItems(bytes('{}'))).toMatchObject({ ok: false, code: 'NOT_JSON' });
  });
});

describe('a string in its place', () => {
  const at = (text: string) => stringAt(bytes(text), { start: 0, end: bytes(text).length });

  it('is unescaped', () => {
    expect(at('"tools/call"')).toBe('tools/call');
    expect(at('"tools\\/c\\u0061ll"')).toBe('tools/call');
    expect(at('"größer als zwölf Zeichen"')).toBe('größer als zwölf Zeichen');
  });

  it('is null for anything else', () => {
    expect(at('12')).toBeNull();
    expect(at('"\\udfff"')).toBeNull();
  });
});
