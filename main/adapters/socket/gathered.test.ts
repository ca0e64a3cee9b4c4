import { once } from 'node:events';
import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { gathered } from './gathered.ts';

const line = (text: string) => new TextEncoder().encode(`${text}\n`);

function sink(highWaterMark = 1024) {
  const writes: string[] = [];
  const stream = new Writable({
    highWaterMark,
    write(chunk, _encoding, done) {
      writes.push(String(chunk));
      done();
    },
    writev(chunks, done) {
      writes.push(chunks.map(({ chunk }) => String(chunk)).join(''));
      done();
    },
  });
  return { stream, writes, write: gathered(stream) };
}

it('sends the lines of one turn together, in order, and those of the next turn apart', async () => {
  const { writes, write } = sink();
  for (const text of ['a', 'b', 'c']) write(line(text));
  await Promise.resolve();
  write(line('d'));
  await Promise.resolve();
  expect(writes).toEqual(['a\nb\nc\n', 'd\n']);
});

it('says when its reader is slow, and goes on when that is over', async () => {
  const { stream, writes, write } = sink(3);
  expect(write(line('a'))).toBe(true);
  expect(write(line('b'))).toBe(false);
  await once(stream, 'drain');
  expect(writes).toEqual(['a\nb\n']);
});

it('loses nothing when the stream is ended in the same turn', async () => {
  const { stream, writes, write } = sink();
  write(line('a'));
  write(line('b'));
  stream.end();
  await once(stream, 'finish');
  expect(writes).toEqual(['a\nb\n']);
});
