import { expect, test } from 'vitest';
import { ServerLog } from './serverLog.ts';
import { textLines } from './textLines.ts';

function line(text: string) {
  return { at: '2026-11-21T03:17:00.000123Z', stream: 'stderr' as const, text, instance: null };
}
const all = { after: 0, limit: 10_000 };

test('lines are numbered from 1 and read after a number', () => {
  const log = new ServerLog();
  for (const text of ['one', 'two', 'three']) log.add(line(text));
  expect(log.read({ after: 1, limit: 10 }).map(({ seq, text }) => [seq, text])).toEqual([
    [2, 'two'],
    [3, 'three'],
  ]);
  expect(log.read({ after: 0, limit: 1 }).map(({ text }) => text)).toEqual(['three']);
});

test('words are found in any case and order', () => {
  const log = new ServerLog();
  for (const text of ['Cannot open file', 'file opened', 'nothing']) log.add(line(text));
  expect(log.read({ ...all, words: 'FILE open' }).map(({ text }) => text)).toEqual(['Cannot open file', 'file opened']);
  expect(log.read({ ...all, words: 'absent' })).toEqual([]);
});

test('it keeps the newest, by lines and by length', () => {
  const log = new ServerLog({ lines: 3, characters: 1000, line: 1000 });
  for (let i = 1; i <= 100; i++) log.add(line(`line ${i}`));
  expect(log.read(all).map(({ seq }) => seq)).toEqual([98, 99, 100]);
  log.add(line('x'.repeat(999)));
  expect(log.read(all).map(({ seq }) => seq)).toEqual([101]);
});

test('a long line is cut and says so', () => {
  const log = new ServerLog({ lines: 3, characters: 1000, line: 5 });
  expect(log.add(line('123456789')).text).toBe('12345… (4 more characters)');
});

test('bytes become lines however they are cut', () => {
  const seen: string[] = [];
  const lines = textLines((text) => seen.push(text));
  for (const byte of new TextEncoder().encode('eins\r\nzwéi\n\ndrei')) lines.push(Uint8Array.of(byte));
  lines.end();
  expect(seen).toEqual(['eins', 'zwéi', '', 'drei']);
});

test('a line without end does not grow without end', () => {
  const seen: number[] = [];
  const lines = textLines((text) => seen.push(text.length));
  for (let i = 0; i < 100; i++) lines.push(new Uint8Array(10_000).fill(0x61));
  lines.push(new TextEncoder().encode('\nafter\n'));
  expect(seen).toEqual([70_000, 5]);
});
