import { expect, test } from 'vitest';
import { look } from './look.fixture.ts';

const server = (...line: string[]) =>
  look(line)
    .started.filter(({ word, alternative }) => word.text === 's.js' && !alternative)
    .map(({ folders }) => folders.join(' '));

test.each<[string, string]>([
  ['cd /x && node s.js', '/x'],
  ['cd -P -- /x && node s.js', '/x'],
  ['cd a; cd b; node s.js', 'a b'],
  ['cd a; cd -; node s.js', ''],
  ['cd; node s.js', '~'],
  ['pushd /x; ./a; popd; node s.js', ''],
  ['pushd /x; node s.js', '/x'],
  ['if cd /x; then node s.js; fi', '/x'],
  ['eval "cd /x"; node s.js', '/x'],
  ['eval "(cd /x; ./a)"; node s.js', ''],
  ['DIR=$(cd /x && pwd); exec node s.js', ''],
  ['cd /x; A=$(cd /y; pwd) node s.js', '/x'],
  ['(cd /x; ./a); node s.js', ''],
  ['(cd /x); (cd /y; node s.js)', '/y'],
  ['cd /x; (cd a; ./a; (cd b); ./b); node s.js', '/x'],
  ["sh -c 'cd /x'; node s.js", ''],
  ["trap 'cd /x' EXIT; node s.js", ''],
  ['env -C /x ./a; node s.js', ''],
  ['env -C /x node s.js', '/x'],
  ['conda run --cwd /x node s.js', '/x'],
  ['sudo --chdir /x node s.js', '/x'],
  ['sudo -D /x node s.js', '/x'],
  ['poetry -C /x run node s.js', '/x'],
  ['mise exec -C /x node@24 -- node s.js', '/x'],
  ['op --account me run --env-file .env -- node s.js', ''],
])('%s', (script, folders) => expect(server('sh', '-c', script)).toEqual([folders]));

test.each([
  'true | cd /x; node s.js',
  'cd /x & node s.js',
  'false && cd /x; node s.js',
  'if false; then cd /x; fi; node s.js',
  'case a in b) cd /x;; esac; node s.js',
  'f() { cd /x; }; node s.js',
])('where it may be that nobody goes into a folder, what is there without it is looked for as well: %s', (script) => {
  const { started } = look(['sh', '-c', script]);
  expect(started.flatMap(({ word, folders }) => (word.text === 's.js' ? [folders.join(' ')] : []))).toEqual(['/x', '']);
});

test.each(['cd /x; popd; node s.js', 'cd /x; cd -; cd -; node s.js'])(
  'going back may lead anywhere on the way, or nowhere: %s',
  (script) => {
    const { started } = look(['sh', '-c', script]);
    expect(started.flatMap(({ word, folders }) => (word.text === 's.js' ? [folders.join(' ')] : []))).toContain('/x');
  },
);

test('cmd and PowerShell go into folders by their own words', () => {
  expect(server('cmd', '/c', 'cd /d C:\\x && node s.js')).toEqual(['C:\\x']);
  expect(server('cmd', '/c', 'cd', 'C:\\x', '&', 'node', 's.js')).toEqual(['C:\\x']);
  expect(server('cmd', '/c', '(cd C:\\x & ver) & node s.js')).toEqual(['C:\\x']);
  expect(server('pwsh', '-c', 'Set-Location -Path C:\\x; node s.js')).toEqual(['C:\\x']);
  expect(server('pwsh', '-c', 'Push-Location C:\\x; node s.js')).toEqual(['C:\\x']);
});

test('what is in a folder of a substitution is looked for there', () => {
  const { started } = look(['sh', '-c', 'cd /x; A=$(cd a; ./tool) node s.js']);
  expect(started.map(({ word, folders }) => [word.text, ...folders])).toEqual([
    ['./tool', '/x', 'a'],
    ['node', '/x'],
    ['s.js', '/x'],
  ]);
});

test('a PATH that is set for one command, or in a shell of its own, is none of the next one’s', () => {
  const own = (script: string) =>
    look(['sh', '-c', script])
      .started.filter(({ ownPath }) => ownPath)
      .map(({ word }) => word.text);
  expect(own('PATH=/x a; b')).toEqual(['a']);
  expect(own('(export PATH=/x; a); b')).toEqual(['a']);
  expect(own('sh -c "PATH=/x a"; b')).toEqual(['a']);
  expect(own('PATH=/x; a; b')).toEqual(['a', 'b']);
});

test('another system ends with the command that runs in it', () => {
  const { started } = look(['cmd', '/c', 'wsl ls & node s.js']);
  expect(started.map(({ word }) => word.text)).toEqual(['wsl', 'node', 's.js']);
});
