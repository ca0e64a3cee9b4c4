import { expect, test } from 'vitest';
import { chooseOnTerminal } from './terminalPasscode.ts';

/** A terminal on which these lines are typed, one to each question. */
function typing(...lines: (string | null)[]) {
  const written: string[] = [];
  const terminal = {
    write: (text: string) => void written.push(text),
    ask: async () => lines.shift() ?? null,
    close: () => {},
  };
  return { terminal, written };
}

test('one that is too short, as a person counts, is asked for again', async () => {
  const { terminal, written } = typing('1234567', '😀😀😀😀', 'correct horse', 'correct horse');
  expect(await chooseOnTerminal(terminal)).toBe('correct horse');
  expect(written).toEqual(['That is too short.\n', 'That is too short.\n']);
});

test('two that differ are asked for again, and an empty line gives up', async () => {
  const { terminal, written } = typing('correct horse', 'correct house', '');
  expect(await chooseOnTerminal(terminal)).toBeNull();
  expect(written).toEqual(['The two differ. Start again.\n']);
});
