import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const program = fileURLToPath(new URL('./fixtures/passcode.ts', import.meta.url));
/** `script` of util-linux gives a program a terminal of its own. */
const hasScript = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

/** Runs the program on a terminal; `seen` resolves once the terminal shows a text after what was seen before. */
function onTerminal(input = '') {
  const child = spawn('script', ['-qec', `${process.execPath} ${program}${input}`, '/dev/null'], { stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  let screen = '';
  let from = 0;
  let look = () => {};
  child.stdout.on('data', (chunk) => {
    screen += chunk;
    look();
  });
  return {
    type: (text: string) => void child.stdin.write(text),
    seen: (text: string) =>
      new Promise<void>((resolve) => {
        look = () => {
          const at = screen.indexOf(text, from);
          if (at < 0) return;
          from = at + text.length;
          look = () => {};
          resolve();
        };
        look();
      }),
    screen: () => screen,
  };
}

test.runIf(hasScript)('what is typed at a hidden question is read and never shown', async () => {
  const { type, seen, screen } = onTerminal();
  await seen('Passcode: ');
  type('open sesame\r');
  await seen('Name: ');
  type('Ada\r');
  await seen('got {"hidden":"open sesame","shown":"Ada"}');
  expect(screen().indexOf('open sesame')).toBe(screen().lastIndexOf('open sesame'));
});

test.runIf(hasScript)('keys pressed before the question appears are dropped', async () => {
  const { type, seen } = onTerminal();
  type('y\ry\r');
  await seen('Passcode: ');
  type('later\r');
  await seen('Name: ');
  type('Ada\r');
  await seen('got {"hidden":"later","shown":"Ada"}');
});

test.runIf(hasScript)('a passcode that comes by a pipe is not read', async () => {
  const { type, seen } = onTerminal(' < /dev/null');
  await seen('Passcode: ');
  type('typed\r');
  await seen('Name: ');
  type('\x03');
  await seen('got {"hidden":"typed","shown":null}');
});

test('without a terminal there is none to ask', async () => {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  child.stdin.end('piped passcode\nAda\n');
  let said = '';
  for await (const chunk of child.stdout) said += chunk;
  expect(said).toBe('no terminal\n');
});
