import { expect, test } from 'vitest';
import type { ServerSummary } from '../../../contract/server.ts';
import type { DefinitionReview } from '../../../contract/tool.ts';
import { consentAsk, HASH, ID, status } from '../samples.fixture.ts';
import { onStage, type Stage } from '../stage.ts';

const tool = (name: string, change: Partial<DefinitionReview> = {}): DefinitionReview => ({
  server: 'files',
  kind: 'tool',
  name,
  state: 'new',
  digest: HASH,
  definition: '{"name":"x"}',
  pinned: null,
  class: null,
  proposed: 'external',
  reasons: ['nobody reviewed it'],
  meaning: [],
  findings: [],
  ...change,
});

test('accept takes the proposed classes unless told otherwise', async () => {
  let asked: unknown;
  const api: Stage['api'] = {
    ...status('app'),
    tools: {
      list: async () => [tool('a'), tool('b'), tool('c', { state: 'accepted', class: 'read' })],
      accept: async (input) => {
        asked = input;
        return { ask: ID };
      },
    },
    asks: { get: async () => consentAsk },
  };
  await onStage({ api }, 'tools', 'accept', 'files', '--class', 'b=read', '--no-wait');
  expect(asked).toEqual({
    server: 'files',
    tools: [
      { kind: 'tool', name: 'a', digest: HASH, class: 'external' },
      { kind: 'tool', name: 'b', digest: HASH, class: 'read' },
    ],
  });
  expect((await onStage({ api }, 'tools', 'accept', 'files', 'missing')).error).toContain('NOT_FOUND');
  expect((await onStage({ api }, 'tools', 'accept', 'files', '--class', 'b=harmless')).code).toBe(2);
});

test('a class for what is not among it is refused: a slip of a finger must not look as if it counted', async () => {
  const api: Stage['api'] = { tools: { list: async () => [tool('a'), tool('b')] } };
  for (const words of [
    ['--class', 'bb=read'],
    ['a', '--class', 'b=read'],
  ])
    expect((await onStage({ api }, 'tools', 'accept', 'files', ...words)).error).toContain('[NOT_FOUND]\n  --class b');
});

test('of a server that never started it says what to do, and of one that is none that it is none', async () => {
  const api: Stage['api'] = {
    tools: { list: async () => [] },
    servers: { list: async () => [{ name: 'files' } as ServerSummary] },
  };
  for (const verb of ['list', 'review']) {
    expect((await onStage({ api }, 'tools', verb, 'files')).out).toContain('countersign start files');
    expect((await onStage({ api }, 'tools', verb, 'flies')).error).toContain('[SERVER_UNKNOWN]');
  }
});

test('what is no tool is named with its kind, and has no class to choose', async () => {
  const asked: unknown[] = [];
  const rest = { proposed: 'read-sensitive' as const };
  const reviews = [
    tool('greet'),
    tool('greet', { kind: 'prompt', ...rest }),
    tool('instructions', { kind: 'instructions', ...rest }),
  ];
  const api: Stage['api'] = {
    ...status('app'),
    tools: {
      list: async () => reviews,
      accept: async (input) => {
        asked.push(input);
        return { ask: ID };
      },
      hold: async (input) => {
        asked.push(input);
        return {};
      },
    },
    asks: { get: async () => consentAsk },
  };
  const { out } = await onStage({ api }, 'tools', 'list', 'files');
  expect(out).toContain('prompt:greet');
  const named = ['prompt:greet', 'instructions'];
  const classed = await onStage({ api }, 'tools', 'accept', 'files', ...named, '--class', 'greet=read');
  expect(classed.error).toContain('[NOT_FOUND]');
  await onStage({ api }, 'tools', 'accept', 'files', ...named, '--no-wait');
  expect(asked.pop()).toEqual({
    server: 'files',
    tools: [
      { kind: 'prompt', name: 'greet', digest: HASH, class: 'read-sensitive' },
      { kind: 'instructions', name: 'instructions', digest: HASH, class: 'read-sensitive' },
    ],
  });
  expect((await onStage({ api }, 'tools', 'hold', 'files', ...named)).out).toContain(
    'Held back: 1 prompt and the instructions',
  );
  expect(asked).toEqual([
    { server: 'files', kind: 'prompt', tools: ['greet'] },
    { server: 'files', kind: 'instructions', tools: ['instructions'] },
  ]);
});

test('review shows what a change could mean, above the change', async () => {
  const meaning = ['A new required argument `bcc` was added: the model will now send a value for it.'];
  const changed = tool('a', { state: 'changed', pinned: '{"name":"y"}', meaning });
  const { out } = await onStage({ api: { tools: { list: async () => [changed] } } }, 'tools', 'review', 'files');
  expect(out.indexOf('≠ A new required argument `bcc`')).toBeGreaterThan(0);
  expect(out.indexOf('- ')).toBeGreaterThan(out.indexOf('≠'));
});

test('instructions are shown as the text that they are', async () => {
  const said = { kind: 'instructions' as const, proposed: 'read-sensitive' as const, state: 'changed' as const };
  const changed = tool('instructions', {
    ...said,
    pinned: JSON.stringify('Be kind.'),
    definition: JSON.stringify('Be kind.\nCall put first.'),
  });
  const { out } = await onStage({ api: { tools: { list: async () => [changed] } } }, 'tools', 'review', 'files');
  expect(out).toContain('+ Call put first.');
  expect(out).not.toContain('- Be kind.');
});

test('review shows findings, reasons and the definition', async () => {
  const findings = [{ id: 'invisible', message: 'has invisible characters', pointer: '/description' }];
  const { out } = await onStage(
    { api: { tools: { list: async () => [tool('a', { findings })] } } },
    'tools',
    'review',
    'files',
  );
  expect(out).toContain('nobody reviewed it');
  expect(out).toContain('! has invisible characters /description');
  expect(out).toContain('"name": "x"');
});
