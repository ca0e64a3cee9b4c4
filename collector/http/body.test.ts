import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { readBody } from './body.ts';

const request = () => Object.assign(new PassThrough(), { headers: {} }) as unknown as PassThrough & IncomingMessage;

test('a body is read to its end, and no further than it may be long', async () => {
  const short = request();
  short.end('abc');
  expect((await readBody(short, 3)).toString()).toBe('abc');
  const long = request();
  long.write('abcd');
  await expect(readBody(long, 3)).rejects.toMatchObject({ refusal: { detail: 'the body is too long' } });
});

test('whoever goes away in the middle of it is refused, and is no fault of the collector', async () => {
  const cut = request();
  cut.write('abc');
  const read = readBody(cut, 100);
  cut.destroy(new Error('aborted'));
  await expect(read).rejects.toMatchObject({ refusal: { code: 'INPUT_INVALID' } });
});
