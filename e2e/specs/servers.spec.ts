import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { admitInShell } from '../fixtures/admitted.ts';
import { connectClient } from '../fixtures/client.ts';
import { type Home, PROJECT } from '../fixtures/home.ts';
import { test } from '../fixtures/shell.ts';

const program = (path: string) => [join(PROJECT, 'node_modules', path)];
const GIT = program('@cyanheads/git-mcp-server/dist/index.js');
const MEMORY = program('@modelcontextprotocol/server-memory/dist/index.js');

/** A git repository with one file that nobody has committed; `git` runs in it. */
function repository(home: Home) {
  const folder = join(home.folder, 'repository');
  mkdirSync(folder);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch', 'main');
  git('config', 'user.name', 'Ada');
  git('config', 'user.email', 'ada@example.org');
  writeFileSync(join(folder, 'a.txt'), 'one\n');
  return { folder, git };
}

test('a git server looks around unasked, commits when a person says yes, and never reaches a hook', async ({
  home,
  shell,
}, info) => {
  const { folder, git } = repository(home);
  const sandbox = { preset: 'standard' as const, write: [folder] };
  const entry = { command: process.execPath, args: GIT, env: {}, sandbox };
  const { close } = await admitInShell(home, shell, 'git', entry, {
    git_status: 'read',
    git_add: 'write',
    git_commit: 'write',
    git_set_working_dir: 'read',
  });
  const client = await connectClient(home, 'git');
  const call = (name: string, args: object) => client.callTool({ name, arguments: { path: folder, ...args } });

  const status = await call('git_status', {});
  expect(JSON.stringify(status.structuredContent)).toContain('a.txt');

  const adding = call('git_add', { paths: ['a.txt'] });
  await shell.allow(/^Allow/);
  expect((await adding).isError).toBeFalsy();
  const committing = call('git_commit', { message: 'First' });
  await expect(shell.approval.getByRole('heading', { level: 1 })).toContainText('First');
  await shell.approval.screenshot({ path: info.outputPath('prompt-commit.png') });
  await shell.approval.getByRole('button', { name: /^Deny/ }).first().click();
  expect((await committing).isError).toBe(true);
  expect(() => git('log')).toThrow();
  const again = call('git_commit', { message: 'First' });
  await shell.allow(/^Allow/);
  expect((await again).isError).toBeFalsy();
  expect(git('log', '--format=%s')).toBe('First\n');

  // Reading by name, and refused all the same for where it looks; an option where a name belongs is refused too.
  const hooks = await call('git_set_working_dir', { path: join(folder, '.git', 'hooks') });
  expect(JSON.stringify(hooks.content)).toContain('protected/git-hooks');
  const option = await call('git_add', { paths: ['--exec=touch /tmp/x'] });
  expect(JSON.stringify(option.content)).toContain('default/option');

  await client.close();
  close();
});

test('a memory server recalls unasked, and remembers what a person has seen', async ({ home, shell }, info) => {
  const file = join(home.folder, 'memory', 'graph.jsonl');
  mkdirSync(join(home.folder, 'memory'));
  const entry = { command: process.execPath, args: MEMORY, env: { MEMORY_FILE_PATH: file } };
  const { close } = await admitInShell(home, shell, 'memory', entry, { read_graph: 'read', create_entities: 'write' });
  const client = await connectClient(home, 'memory');
  const recall = async () => JSON.stringify((await client.callTool({ name: 'read_graph', arguments: {} })).content);
  expect(await recall()).not.toContain('Ada');

  const entities = [{ name: 'Ada', entityType: 'person', observations: ['Likes engines'] }];
  const remembering = client.callTool({ name: 'create_entities', arguments: { entities } });
  await expect(shell.approval.getByText('Likes engines').first()).toBeVisible();
  await shell.approval.screenshot({ path: info.outputPath('prompt-memory.png') });
  await shell.allow(/^Allow/);
  expect((await remembering).isError).toBeFalsy();
  expect(await recall()).toContain('Ada');
  expect(readFileSync(file, 'utf8')).toContain('Likes engines');

  await client.close();
  close();
});
