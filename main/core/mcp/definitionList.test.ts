import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refused } from '../../contract/errors.ts';
import { readPage, splicePage } from './definitionList.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (line: Uint8Array) => new TextDecoder().decode(line);

const LIST =
  '{"jsonrpc":"2.0","result":{"nextCursor":"p2", "tools" : [ {"name":"read","n":1.0} ,\t{"name":"write","description":"é"},{"inputSchema":{"name":"x"},"name":"dro\\u0070"} ],"ttlMs":5},"id":1}';

describe('a list', () => {
  it('gives each tool with its place', () => {
    const line = bytes(LIST);
    const list = readPage('tool', line);
    if (!list.ok) throw new Error(list.detail);
    expect(list.nextCursor).toBe('p2');
    expect(list.definitions.map(({ name, start, end }) => [name, text(line.subarray(start, end))])).toEqual([
      ['read', '{"name":"read","n":1.0}'],
      ['write', '{"name":"write","description":"é"}'],
      ['drop', '{"inputSchema":{"name":"x"},"name":"dro\\u0070"}'],
    ]);
  });

  it('of prompts or templates is read the same way, a template by what its URIs look like', () => {
    const page = (kind: 'prompt' | 'template', source: string) => {
      const read = readPage(kind, bytes(source));
      return read.ok ? read.definitions.map(({ name }) => name) : read.code;
    };
    expect(page('prompt', '{"result":{"prompts":[{"name":"greet"},{"name":"part"}]}}')).toEqual(['greet', 'part']);
    const one = '{"name":"file","uriTemplate":"file:///{path}"}';
    expect(page('template', `{"result":{"resourceTemplates":[${one}]}}`)).toEqual(['file:///{path}']);
    expect(page('template', `{"result":{"resourceTemplates":[${one},${one}]}}`)).toBe('AMBIGUOUS');
    expect(page('template', '{"result":{"resourceTemplates":[{"name":"file"}]}}')).toBe('NOT_JSON');
    const list = `{"result":{"prompts":[{"name":"a"},{"name":"b"}]}}`;
    expect(text(splicePage('prompt', bytes(list), (name) => name !== 'a'))).toBe(
      `{"result":{"prompts":[{"name":"b"}]}}`,
    );
  });

  it('is not taken when it is larger than anybody could review', () => {
    const tools = (count: number, description = '') =>
      bytes(
        JSON.stringify({
          result: { tools: Array.from({ length: count }, (_, at) => ({ name: `t${at}`, description })) },
        }),
      );
    expect(readPage('tool', tools(5_000)).ok).toBe(true);
    expect(readPage('tool', tools(5_001))).toMatchObject({ ok: false, detail: expect.stringContaining('too large') });
    expect(readPage('tool', tools(90, 'x'.repeat(100_000)))).toMatchObject({ ok: false });
  });

  it('may be empty and the last page', () => {
    expect(readPage('tool', bytes('{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}'))).toEqual({
      ok: true,
      definitions: [],
      nextCursor: null,
    });
  });

  it.each([
    ['two tools of one name', '{"result":{"tools":[{"name":"a"},{"name":"\\u0061"}]}}', 'AMBIGUOUS'],
    ['a tool with two names', '{"result":{"tools":[{"name":"a","Name":"b"}]}}', 'AMBIGUOUS'],
    ['two lists', '{"result":{"tools":[],"tools":[{"name":"a"}]}}', 'AMBIGUOUS'],
    ['a tool without a name', '{"result":{"tools":[{"title":"a"}]}}', 'NOT_JSON'],
    ['a tool that is no object', '{"result":{"tools":["a"]}}', 'NOT_JSON'],
    ['no list', '{"result":{}}', 'NOT_JSON'],
    ['an error', '{"id":1,"error":{"code":-32601,"message":"no"}}', 'NOT_JSON'],
  ])('is refused with %s', (_what, source, code) => {
    expect(readPage('tool', bytes(source))).toMatchObject({ ok: false, code });
    expect(() =>
      source.includes('error')
        ? splicePage('tool', bytes('{}'), () => true)
        : splicePage('tool', bytes(source), () => true),
    ).toThrow(Refused);
  });
});

describe('taking tools out', () => {
  const without = (...names: string[]) => text(splicePage('tool', bytes(LIST), (name) => !names.includes(name)));

  it('leaves every other byte as it was', () => {
    expect(without('write')).toBe(LIST.replace(' ,\t{"name":"write","description":"é"}', ''));
    expect(without('read')).toBe(LIST.replace('{"name":"read","n":1.0} ,\t', ''));
    expect(without('drop')).toBe(LIST.replace(',{"inputSchema":{"name":"x"},"name":"dro\\u0070"}', ''));
    expect(without('read', 'drop')).toContain('"tools" : [ {"name":"write","description":"é"} ],"ttlMs":5}');
    expect(without('read', 'write', 'drop')).toContain('"tools" : [  ],"ttlMs":5}');
  });

  it('gives the same array when nothing goes, and for an error', () => {
    const line = bytes(LIST);
    expect(splicePage('tool', line, () => true)).toBe(line);
    const error = bytes('{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no"}}');
    expect(splicePage('tool', error, () => false)).toBe(error);
  });

  it('shows each tool with its own bytes', () => {
    const seen: string[] = [];
    splicePage('tool', bytes(LIST), (name, tool) => seen.push(`${name} ${text(tool)}`) > 0);
    expect(seen[1]).toBe('write {"name":"write","description":"é"}');
  });

  it('keeps what is kept, in order, byte for byte, whatever the list looks like', () => {
    const tool = fc.record({
      description: fc.string({ unit: 'grapheme' }),
      n: fc.double({ noNaN: true, noDefaultInfinity: true }),
      keep: fc.boolean(),
    });
    const space = fc.constantFrom('', ' ', '\t', '  ');
    fc.assert(
      fc.property(fc.array(tool, { maxLength: 8 }), space, space, (tools, one, other) => {
        const items = tools.map(({ description, n }, place) => JSON.stringify({ name: `t${place}`, description, n }));
        const around = (inside: string) =>
          `{"jsonrpc":"2.0",${one}"id":1,"result":{"tools":[${one}${inside}${other}],"x":[1.0,1e2]}}`;
        const between = `${other},${one}`;
        const line = bytes(around(items.join(between)));
        const spliced = splicePage('tool', line, (name) => tools[Number(name.slice(1))]?.keep === true);
        expect(text(spliced)).toBe(around(items.filter((_item, place) => tools[place]?.keep).join(between)));
      }),
    );
  });
});
