import { expect, test } from 'vitest';
import { readOptions } from './options.ts';
import { wholeWord } from './word.ts';

const read = (line: string, valued: string) => {
  const { options, rest } = readOptions(
    line.split(' ').map((text, i) => wholeWord(`args[${i}]`, text)),
    valued,
  );
  return [options.map(({ name, value }) => `${name}${value ? `=${value.text}` : ''}`), rest.map(({ text }) => text)];
};

test.each<[string, string[], string[]]>([
  ['-a x', ['-a'], ['x']],
  ['-v /:/h x', ['-v=/:/h'], ['x']],
  ['-v/:/h x', ['-v=/:/h'], ['x']],
  ['-itv /:/h x', ['-i', '-t', '-v=/:/h'], ['x']],
  ['-itv/:/h x', ['-i', '-t', '-v=/:/h'], ['x']],
  ['-itv=/:/h x', ['-i', '-t', '-v=/:/h'], ['x']],
  ['--volume=/:/h x', ['--volume=/:/h'], ['x']],
  ['--volume /:/h x', ['--volume=/:/h'], ['x']],
  ['--very x', ['--very'], ['x']],
  ['-a -- -v x', ['-a'], ['-v', 'x']],
  ['- -v x', [], ['-', '-v', 'x']],
])('%s', (line, options, rest) => expect(read(line, '-v --volume')).toEqual([options, rest]));

test('the beginning of a long one is that one, where it is no other’s and such are taken', () => {
  const names = (text: string, shortened: boolean) =>
    readOptions([wholeWord('args[0]', text), wholeWord('args[1]', 'x')], '--signal --kill-after --key', {
      shortened,
    }).options.map(({ name, value }) => [name, value?.text]);
  expect(names('--sig', true)).toEqual([['--signal', 'x']]);
  expect(names('--sig', false)).toEqual([['--sig', undefined]]);
  expect(names('--k', true)).toEqual([['--k', undefined]]);
  expect(names('--key', true)).toEqual([['--key', 'x']]);
});

test('a value has the place it stands at', () => {
  const { options } = readOptions([wholeWord('args[0]', '-itv/:/h')], '-v');
  expect(options.at(-1)?.value).toEqual({ text: '/:/h', where: 'args[0]', start: 4, length: 4 });
});
