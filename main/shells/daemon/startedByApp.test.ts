import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { appProgram, checkStartedByApp } from './startedByApp.ts';

const refused = { refusal: { code: 'NOT_THE_APP' } };

test.skipIf(process.platform !== 'linux')('the program that started it is told from any other', async () => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const pid = child.pid as number;
  await checkStartedByApp(process.execPath, pid, process.pid);
  await expect(checkStartedByApp('/bin/sh', pid, process.pid)).rejects.toMatchObject(refused);
  await expect(checkStartedByApp('/no/such/app', pid, process.pid)).rejects.toMatchObject(refused);
  // Not its parent, though it runs the same program.
  await expect(checkStartedByApp(process.execPath, process.pid, pid)).rejects.toMatchObject(refused);
  await expect(checkStartedByApp(process.execPath, pid, pid)).rejects.toMatchObject(refused);
  child.stdin?.end();
  await once(child, 'exit');
});

test('each package knows where its app is', () => {
  expect(appProgram('/opt/Countersign/resources/countersign', 'linux')).toBe('/opt/Countersign/countersign');
  expect(appProgram('/Applications/C.app/Contents/Resources/countersign', 'darwin')).toBe(
    '/Applications/C.app/Contents/MacOS/Countersign',
  );
  expect(appProgram('C:/', 'win32')).toBeNull();
});
