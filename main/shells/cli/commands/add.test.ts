import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { onStage, type Stage } from '../stage.ts';

test('add takes the command as it is written, options of the server included', async () => {
  let added: unknown;
  const add = async (input: unknown) => {
    added = input;
    return {};
  };
  const api: Stage['api'] = { servers: { add } };
  const reference = '$' + '{keychain:T}';
  const { code } = await onStage(
    { api },
    'add',
    'files',
    '-e',
    `TOKEN=${reference}`,
    '-e',
    'A=b=c',
    '--cwd',
    'srv',
    '--',
    'node',
    'x.js',
    '--json',
    '-e',
  );
  expect(code).toBe(0);
  expect(added).toEqual({
    name: 'files',
    entry: {
      command: 'node',
      args: ['x.js', '--json', '-e'],
      env: { TOKEN: reference, A: 'b=c' },
      cwd: resolve('srv'),
    },
  });
});
