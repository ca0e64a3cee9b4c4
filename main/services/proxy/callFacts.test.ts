import { expect, test } from 'vitest';
import { readStrict } from '../../core/mcp/strict.ts';
import { findFacts } from './callFacts.ts';
import { Conversation } from './conversation.fixture.ts';
import type { PathFacts } from './ports.ts';

const node = (args: object) => {
  const read = readStrict(new TextEncoder().encode(JSON.stringify(args)));
  if (!read.ok) throw new Error(read.detail);
  return read.node;
};
const nowhere = { resolve: async () => [] };

test('arguments without paths are known at once; only paths make a call wait', () => {
  expect(findFacts(nowhere, () => [])(node({ message: 'hello' }), ['/srv'])).toMatchObject({ bytes: 19 });
  expect(findFacts(nowhere, () => [])(node({ path: 'a' }), ['/srv'])).toBeInstanceOf(Promise);
});

test('more paths than can be followed are refused', async () => {
  const files = Array.from({ length: 1001 }, (_, index) => `f${index}`);
  await expect(findFacts(nowhere, () => [])(node({ files }), ['/srv'])).rejects.toMatchObject({
    refusal: { code: 'ARGUMENTS_INVALID' },
  });
});

test('a line of a million values holds nobody else up: it is refused before it is looked through', async () => {
  const values = node({ values: Array.from({ length: 50_000 }, () => 'aa') });
  await expect(findFacts(nowhere, () => [])(values, ['/srv'])).rejects.toMatchObject({
    refusal: { code: 'ARGUMENTS_INVALID', detail: expect.stringContaining('values') },
  });
});

test.each([
  ['a long name over many values', { ['k'.repeat(100_000)]: Array.from({ length: 40_000 }, () => 'ab') }],
  ['long names inside of one another', { ['k'.repeat(1_000_000)]: { a: { b: { c: { d: 1 } } } } }],
  ['paths through thousands of folders', { paths: Array.from({ length: 900 }, () => '/a'.repeat(2_000)) }],
])('%s: refused before it is looked through', async (_, args) => {
  const began = performance.now();
  await expect(findFacts(nowhere, () => [])(node(args), ['/srv'])).rejects.toMatchObject({
    refusal: { code: 'ARGUMENTS_INVALID' },
  });
  expect(performance.now() - began).toBeLessThan(2_000);
});

test('paths that lead through thousands of folders from many: refused as well', async () => {
  const real = Array.from({ length: 120 }, (_, index) => `/b${index}${'/a'.repeat(880)}`);
  const resolve: PathFacts['resolve'] = async (texts) =>
    texts.map((text) => ({ ...text, written: real, real, certain: true }));
  await expect(findFacts({ resolve }, () => [])(node({ path: 'a' }), ['/srv'])).rejects.toMatchObject({
    refusal: { code: 'ARGUMENTS_INVALID', detail: expect.stringContaining('folders') },
  });
});

test('a thousand ordinary paths are followed', async () => {
  const paths = Array.from({ length: 1_000 }, (_, index) => `/home/me/projects/app/src/features/list/file${index}.ts`);
  await expect(findFacts(nowhere, () => [])(node({ paths }), ['/srv'])).resolves.toMatchObject({
    bytes: expect.any(Number),
  });
});

test('such a call is answered and recorded, and nothing is forwarded', async () => {
  const talk = await Conversation.greeted();
  talk.call(1, 'look', { files: Array.from({ length: 1001 }, (_, index) => `f${index}`) });
  await talk.rest();
  expect(talk.answer(1)?.result.isError).toBe(true);
  expect(talk.story).toEqual(['refused from-client ARGUMENTS_INVALID']);
  expect(talk.forwarded).toEqual([]);
});

test('the prompt names what the arguments hold and where their paths lead', async () => {
  const talk = await Conversation.greeted();
  talk.leads = (text) => ({ ...text, written: ['/srv/link'], real: ['/data/x'], certain: true });
  talk.call(1, 'put', { path: 'link', url: 'https://example.com/' });
  await talk.rest();
  expect(talk.asks[0]?.subject).toMatchObject({
    reasons: ['It writes.', 'Links lead elsewhere: link is /data/x.', 'It names hosts: example.com.'],
  });
});

test('incident 5: a path that leads elsewhere once the person has answered is not what was approved', async () => {
  const talk = await Conversation.greeted();
  talk.call(1, 'put', { path: '/srv/a' });
  await talk.rest();
  talk.leads = (text) => ({ ...text, written: [text.text], real: ['/root/.ssh/a'], certain: true });
  await talk.approves();
  expect(talk.answer(1)?.result.content[0].text).toContain('lead elsewhere');
  expect(talk.forwarded).toEqual([]);

  talk.call(2, 'put', { path: '/srv/b' });
  await talk.rest();
  await talk.approves();
  expect(talk.forwarded).toHaveLength(1);
});
