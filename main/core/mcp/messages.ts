/** Messages of our own, as whole lines: UTF-8 that ends in 0x0A. `…Json` arguments are JSON texts and go in as they are. */
import { ERRORS, type Refusal, refusalText } from '../../contract/errors.ts';
import type { Era } from './methods.ts';
import { encodeUtf8 } from './utf8.ts';

/** Our `_meta` key on a refused call: `{code}` for programs, where the text is for models. */
const REFUSAL_KEY = 'dev.countersign/refusal';

/** A JSON-RPC 2.0 error response (section 5.1) to `idJson`; null answers a message whose id could not be read. */
export function errorLine(idJson: string | null, refusal: Refusal): Uint8Array {
  const { code, fix, detail } = refusal;
  const error = { code: ERRORS[code].rpc, message: refusalText(refusal), data: { code, fix, detail } };
  return encodeUtf8(`{"jsonrpc":"2.0","id":${idJson ?? 'null'},"error":${JSON.stringify(error)}}\n`);
}

/**
 * The answer to a `tools/call` that was not let through: a well-formed result with `isError`, so that the model reads
 * what was refused and what to do (PROTOCOL.md rule 5). `note` is one more sentence, such as the rule or what a person
 * said.
 */
export function toolRefusalLine(idJson: string, refusal: Refusal, era: Era, note?: string): Uint8Array {
  const more = note === undefined || note === '' ? '' : `\n${note}`;
  const result = {
    content: [{ type: 'text', text: `Countersign did not run this call. ${refusalText(refusal)}${more}` }],
    isError: true,
    ...(era === 'modern' ? { resultType: 'complete' } : {}),
    _meta: { [REFUSAL_KEY]: { code: refusal.code } },
  };
  return encodeUtf8(`{"jsonrpc":"2.0","id":${idJson},"result":${JSON.stringify(result)}}\n`);
}

/** A `notifications/progress` for the request that carried this token. `progress` must rise from one to the next. */
export function progressLine(tokenJson: string, progress: number, message: string): Uint8Array {
  const rest = `"progress":${JSON.stringify(progress)},"message":${JSON.stringify(message)}`;
  return encodeUtf8(
    `{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":${tokenJson},${rest}}}\n`,
  );
}

/** A `notifications/cancelled` for the request of this id. */
export function cancelledLine(idJson: string, reason: string): Uint8Array {
  const params = `{"requestId":${idJson},"reason":${JSON.stringify(reason)}}`;
  return encodeUtf8(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":${params}}\n`);
}

/** A notification without parameters. */
export function noticeLine(method: string): Uint8Array {
  return encodeUtf8(`{"jsonrpc":"2.0","method":${JSON.stringify(method)}}\n`);
}

/** A request of our own. */
export function requestLine(id: string, method: string, params?: unknown): Uint8Array {
  return encodeUtf8(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
}

/** The batch of these messages, each as its line or without its separator, unchanged and in order (JSON-RPC 2.0, section 6). */
export function batchLine(items: readonly Uint8Array[]): Uint8Array {
  const bodies = items.map(withoutSeparator);
  const commas = Math.max(0, bodies.length - 1);
  const line = new Uint8Array(bodies.reduce((length, body) => length + body.length, commas + 3));
  line[0] = 0x5b;
  let at = 1;
  for (const [place, body] of bodies.entries()) {
    if (place > 0) line[at++] = 0x2c;
    line.set(body, at);
    at += body.length;
  }
  line.set([0x5d, 0x0a], at);
  return line;
}

function withoutSeparator(line: Uint8Array): Uint8Array {
  let end = line.length;
  while (end > 0 && (line[end - 1] === 0x0a || line[end - 1] === 0x0d)) end--;
  return line.subarray(0, end);
}
