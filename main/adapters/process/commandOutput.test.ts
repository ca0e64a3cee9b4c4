import { expect, test } from 'vitest';
import { commandOutput } from './commandOutput.ts';
import { eventually, running } from './fixtures/running.ts';

const env = { PATH: process.env.PATH ?? '' };
const run = (code: string, limits = { ms: 5000, bytes: 1000 }, program = process.execPath) =>
  commandOutput(limits)({ program, args: ['-e', code], cwd: '/', env });

test('a program that ends well gives what it printed, and gets no input', async () => {
  const code = 'process.stdin.on("end", () => console.log("a value")).resume()';
  expect(await run(code)).toEqual({ failure: null, stdout: 'a value\n' });
});

test('a program that fails says so with its first complaint, and gives nothing', async () => {
  const code = 'console.log("half a value"); console.error("no such profile\\nat line 7"); process.exitCode = 3';
  expect(await run(code)).toEqual({ failure: 'ended with code 3: no such profile', stdout: '' });
  expect(await run('', undefined, '/nowhere/helper')).toEqual({ failure: 'could not be started (ENOENT)', stdout: '' });
});

test('one that takes too long or prints too much is ended, with what it started', async () => {
  const token = `token-${crypto.randomUUID()}`;
  const child = `require("child_process").spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)", "${token}"])`;
  expect(await run(`${child}; setTimeout(() => {}, 60000)`, { ms: 400, bytes: 1000 })).toEqual({
    failure: 'took longer than 0.4 s',
    stdout: '',
  });
  await eventually(() => running(token).length === 0);
  expect(await run('for (;;) console.log("x".repeat(100))')).toMatchObject({ failure: 'printed more than 1000 bytes' });
});
