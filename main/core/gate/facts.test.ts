import { expect, test } from 'vitest';
import { readStrict } from '../mcp/strict.ts';
import { factsOf } from './facts.ts';

const facts = (json: string) => {
  const read = readStrict(new TextEncoder().encode(json));
  if (!read.ok) throw new Error(read.detail);
  return factsOf(read.node);
};

test('every leaf with a text stands under its pointer', () => {
  const { leaves, bytes } = facts(
    '{"path":"/srv/a","edits":[{"n":1.50,"all":true}],"a/b~":"é","none":null,"empty":{}}',
  );
  expect(Object.fromEntries(leaves)).toEqual({
    '/path': '/srv/a',
    '/edits/0/n': '1.50',
    '/edits/0/all': 'true',
    '/a~1b~0': 'é',
  });
  expect(bytes).toBe(84);
});

test('a number keeps every digit it was written with', () => {
  expect(facts('{"id":9007199254740993}').leaves.get('/id')).toBe('9007199254740993');
});

test('a call without arguments has no facts', () => {
  expect(factsOf(null)).toMatchObject({ leaves: new Map(), bytes: 0, signs: { hosts: [] } });
});
