/** Failing closed in the protocol's own words (PRODUCT.md P1). */
import type { Readable, Writable } from 'node:stream';
import type { Refusal } from '../../contract/refusal.ts';
import { readEnvelope } from '../../core/mcp/envelope.ts';
import { LineFramer } from '../../core/mcp/framing.ts';
import { batchLine, errorLine } from '../../core/mcp/messages.ts';
import { recoverIdOfLong } from '../../core/mcp/recover.ts';

/** Answers every request on `input` with the refusal as a JSON-RPC error. Resolves once the input has ended and the last answer is written. */
export function refuseAll(input: Readable, output: Writable, refusal: Refusal): Promise<void> {
  return new Promise((resolve) => {
    const framer = new LineFramer({
      line: (bytes) => answer(answerTo(bytes, refusal)),
      refused: (_code, _detail, head, tail) => {
        const id = recoverIdOfLong(head, tail);
        answer(id === null ? undefined : errorLine(id, refusal));
      },
    });
    const answer = (line: Uint8Array | undefined) => {
      if (line === undefined || output.destroyed || output.write(line)) return;
      input.pause();
      output.once('drain', () => input.resume());
    };
    const done = () => {
      framer.end();
      if (output.destroyed) resolve();
      else output.end(resolve);
    };
    output.on('error', () => resolve());
    if (input.readableEnded) return done();
    input.on('data', (chunk: Buffer) => framer.push(chunk));
    input.on('end', done);
    input.on('error', done);
    input.resume();
  });
}

/** Undefined for what wants no answer: notifications, answers, and lines without an id. */
function answerTo(line: Uint8Array, refusal: Refusal): Uint8Array | undefined {
  const read = readEnvelope(line);
  if (!read.ok) return read.idJson === null ? undefined : errorLine(read.idJson, refusal);
  const { envelope } = read;
  if (envelope.kind === 'request') return errorLine(envelope.idJson, refusal);
  if (envelope.kind !== 'batch') return undefined;
  const answers = envelope.items.map((item) => answerTo(item, refusal)).filter((item) => item !== undefined);
  return answers.length === 0 ? undefined : batchLine(answers);
}
