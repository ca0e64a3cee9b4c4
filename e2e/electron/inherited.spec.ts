/** What the app holds open stays with the app: neither the daemon that it starts nor a server has any of it (SECURITY.md rule 16). */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { expect } from '@playwright/test';
import { admitInShell } from '../fixtures/admitted.ts';
import { processesOf } from '../fixtures/census.ts';
import { connectClient } from '../fixtures/client.ts';
import { serverFile } from '../fixtures/home.ts';
import { test } from '../fixtures/shell.ts';

/** What a process holds beyond its standard streams, each socket, pipe and file by the one name the system has for it. */
function held(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`)
    .filter((descriptor) => Number(descriptor) > 2)
    .flatMap((descriptor) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${descriptor}`);
      } catch {
        return [];
      }
    })
    .filter((name) => /^(socket|pipe):|^\//.test(name) && name !== '/dev/null');
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

test.skip(process.platform !== 'linux', 'elsewhere the system hands nothing on by itself');

test('the daemon has no socket and no file of the app, and a server nothing of either', async ({ home, shell }) => {
  const entry = { command: process.execPath, args: [serverFile('echo')], env: {} };
  const { control, close } = await admitInShell(home, shell, 'notes', entry, { echo: 'read' });
  const client = await connectClient(home, 'notes');
  const { pid: daemon } = await control.daemon.status();
  const servers = processesOf(home).filter(({ command }) => command.includes(entry.args[0] ?? ''));
  const app = new Set(held(parentOf(daemon)));
  expect(app.size).toBeGreaterThan(20);
  expect(servers).not.toEqual([]);
  // Pipes with low numbers stay open in the daemon, since they look like Node's own, but go no further.
  expect(held(daemon).filter((name) => app.has(name) && !name.startsWith('pipe:'))).toEqual([]);
  const ours = new Set([...app, ...held(daemon)]);
  for (const { pid } of servers) expect(held(pid).filter((name) => ours.has(name))).toEqual([]);
  await client.close();
  close();
});
