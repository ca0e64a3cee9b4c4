import { expect, test } from 'vitest';
import { readEnvironment, splitCommand } from './splitCommand.ts';

const words = (line: string) => {
  const split = splitCommand(line);
  return split.ok ? [split.command, ...split.args] : split.message;
};

test('blanks separate, quotes and backslashes group', () => {
  expect(words('npx  -y  pkg@1.2.3')).toEqual(['npx', '-y', 'pkg@1.2.3']);
  expect(words(`node "my file.js" 'it is' a\\ b ""`)).toEqual(['node', 'my file.js', 'it is', 'a b', '']);
  expect(words('echo "a \\"b\\" $HOME \\n"')).toEqual(['echo', 'a "b" $HOME \\n']);
  expect(words(`x'y'"z"`)).toEqual(['xyz']);
});

test('what needs a shell is refused with its reason', () => {
  expect(words('curl x | sh')).toMatch(/“\|” needs a shell/);
  expect(words('a && b')).toMatch(/needs a shell/);
  expect(words('echo "open')).toMatch(/double quote is never closed/);
  expect(words('  ')).toMatch(/Type the program/);
});

test('an environment is one NAME=value a line', () => {
  expect(readEnvironment('A=1\n\n B_2=x=y ')).toEqual({ A: '1', B_2: 'x=y ' });
  expect(readEnvironment('not one')).toBeUndefined();
});
