import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { logFiles } from './logFiles.ts';
import { watchedText } from './watchedText.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-watch-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function open() {
  const text = await watchedText(join(folder, 'servers.json'));
  const events = new EventTarget();
  text.onChange(() => events.dispatchEvent(new Event('change')));
  return { text, changed: () => once(events, 'change') };
}

test('a file that comes, is edited, is replaced and goes is noticed each time', async () => {
  const { text, changed } = await open();
  const path = join(folder, 'servers.json');
  expect(await text.read()).toBeNull();

  let change = changed();
  writeFileSync(path, 'one');
  await change;
  expect(await text.read()).toBe('one');

  change = changed();
  writeFileSync(path, 'two');
  await change;
  expect(await text.read()).toBe('two');

  change = changed();
  writeFileSync(join(folder, 'new'), 'three');
  renameSync(join(folder, 'new'), path);
  await change;
  expect(await text.read()).toBe('three');

  change = changed();
  rmSync(path);
  await change;
  expect(await text.read()).toBeNull();
  await text.close();
});

test('writing replaces the file whole, for its owner alone, and leaves nothing beside it', async () => {
  const { text } = await open();
  await text.write('{}\n');
  expect(readFileSync(join(folder, 'servers.json'), 'utf8')).toBe('{}\n');
  expect(statSync(join(folder, 'servers.json')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['servers.json']);
  await text.close();
});

test('a log goes to disk in order, and a full file is put aside', async () => {
  const files = logFiles(folder, { fileBytes: 200, waitingBytes: 10_000 });
  const line = (seq: number) => ({
    seq,
    at: '2026-11-21T03:17:00.000123Z',
    stream: 'stderr' as const,
    text: `line ${seq}`,
    instance: null,
  });
  for (let seq = 1; seq <= 10; seq++) {
    files.append('notes', line(seq));
    await files.flush();
  }
  const [now, before] = ['notes.log', 'notes.log.1'].map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(before).toContain('stderr line 1\n');
  expect(now).toMatch(/stderr line 10\n$/);
});

test('a flood is cut and counted rather than kept', async () => {
  const files = logFiles(folder, { fileBytes: 1 << 20, waitingBytes: 1000 });
  const line = {
    seq: 1,
    at: '2026-11-21T03:17:00.000123Z',
    stream: 'stderr' as const,
    text: 'x'.repeat(100),
    instance: null,
  };
  for (let i = 0; i < 100; i++) files.append('notes', line);
  await files.flush();
  files.append('notes', line);
  await files.flush();
  expect(statSync(join(folder, 'notes.log')).size).toBeLessThan(3000);
  expect(readFileSync(join(folder, 'notes.log'), 'utf8')).toMatch(/lines came faster than they could be written/);
});

test('a folder that is gone costs log lines, not the server', async () => {
  const files = logFiles(join(folder, 'gone'));
  files.append('notes', { seq: 1, at: '', stream: 'stdout', text: 'x', instance: null });
  await files.flush();
});
