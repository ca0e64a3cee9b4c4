import { expect, test } from 'vitest';
import { parseVariables } from '../../adapters/configText/variables.ts';
import { variablesIn } from './around.ts';
import type { ClientFiles } from './ports.ts';

const read = (text: string) => {
  const found = { state: 'text', text, hash: '', real: '/p/.env' } as const;
  const tooLarge = { state: 'bad', message: 'it is too large' } as const;
  const files: Pick<ClientFiles, 'read'> = {
    read: async (_, largest = Number.POSITIVE_INFINITY) => (text.length > largest ? tooLarge : found),
  };
  return variablesIn('.env', { home: '/home/mara', project: '/p' }, files, parseVariables);
};

test.each([
  ['nothing', '', {}],
  ['comments before them', '# mine\n\n  # and\nA=1\nexport B="two\nlines"\n', { A: '1', B: 'two\nlines' }],
  ['ends of lines as Windows has them', 'A=1\r\nB=2\r\n', { A: '1', B: '2' }],
])('%s', async (_, text, variables) => {
  expect(await read(text)).toEqual({ path: '/p/.env', variables });
});

test.each([
  ['a key whose last line could set a variable', '-----BEGIN KEY-----\nAAAA+/xy\nzX9canaryQ4v7==\n-----END KEY-----\n'],
  ['JSON', '{\n"a": "b="\n}'],
  ['names that are none', 'A=1\nb/c=2\n'],
])('%s is something else, and no part of it is a name', async (_, text) => {
  expect(await read(text)).toEqual({ path: '/p/.env', why: 'it holds something else than variables' });
});

test('what is larger than anybody’s is not read', async () => {
  expect(await read(`A=1\n${'#'.repeat(300_000)}`)).toEqual({ path: '/p/.env', why: 'it is too large' });
});
