import { describe, expect, it } from 'vitest';
import { refusal } from '../../contract/errors.ts';
import { readEnvelope } from './envelope.ts';
import { batchLine, cancelledLine, errorLine, progressLine, requestLine, toolRefusalLine } from './messages.ts';

const text = (line: Uint8Array) => new TextDecoder().decode(line);

/** One line that the strict reader takes, as a value. */
function message(line: Uint8Array): unknown {
  expect(text(line)).toMatch(/^[^\r\n]*\n$/);
  expect(readEnvelope(line.subarray(0, -1))).toMatchObject({ ok: true });
  return JSON.parse(text(line));
}

describe('a refusal', () => {
  it('is a JSON-RPC error with its code, what happened and what to do', () => {
    expect(message(errorLine('"a\\u0062"', refusal('SERVER_UNKNOWN', 'files')))).toEqual({
      jsonrpc: '2.0',
      id: 'ab',
      error: {
        code: -31010,
        message:
          'No server of this name is configured. (files) Run "countersign list" to see the names, or "countersign add" to add it.',
        data: {
          code: 'SERVER_UNKNOWN',
          fix: 'Run "countersign list" to see the names, or "countersign add" to add it.',
          detail: 'files',
        },
      },
    });
    expect(text(errorLine('"a\\u0062"', refusal('INTERNAL')))).toContain('"id":"a\\u0062"');
  });

  it('answers null when nobody can be named', () => {
    expect(JSON.parse(text(errorLine(null, refusal('NOT_JSON'))))).toMatchObject({
      id: null,
      error: { data: { code: 'NOT_JSON' } },
    });
  });

  it('of a call is a tool result that a model can read', () => {
    const line = toolRefusalLine('7', refusal('ASK_DENIED', 'write_file'), 'legacy', 'Rule: default/ask.');
    expect(message(line)).toEqual({
      jsonrpc: '2.0',
      id: 7,
      result: {
        content: [
          {
            type: 'text',
            text: 'Countersign did not run this call. A person denied this. (write_file) Do not retry the same call; follow the note if there is one.\nRule: default/ask.',
          },
        ],
        isError: true,
        _meta: { 'dev.countersign/refusal': { code: 'ASK_DENIED' } },
      },
    });
  });

  it('of a modern call says that it is complete', () => {
    expect(message(toolRefusalLine('7', refusal('TOOL_HELD'), 'modern'))).toMatchObject({
      result: { isError: true, resultType: 'complete' },
    });
  });
});

it('progress, cancellation and requests are messages with the id or token as it was written', () => {
  expect(message(progressLine('"t\\n"', -0.5, 'waiting for "someone"\n'))).toEqual({
    jsonrpc: '2.0',
    method: 'notifications/progress',
    params: { progressToken: 't\n', progress: -0.5, message: 'waiting for "someone"\n' },
  });
  expect(message(cancelledLine('12', 'gone'))).toEqual({
    jsonrpc: '2.0',
    method: 'notifications/cancelled',
    params: { requestId: 12, reason: 'gone' },
  });
  expect(message(requestLine('a', 'tools/list', { cursor: 'x' }))).toEqual({
    jsonrpc: '2.0',
    id: 'a',
    method: 'tools/list',
    params: { cursor: 'x' },
  });
  expect(message(requestLine('a', 'ping'))).toEqual({ jsonrpc: '2.0', id: 'a', method: 'ping' });
});

it('a batch holds its messages as they are', () => {
  const items = [
    '{"jsonrpc":"2.0","id":1,"result":{ }}\r\n',
    '{"jsonrpc":"2.0","id":2,"result":1.0}\n',
    '{"jsonrpc":"2.0","id":3,"result":0}',
  ];
  const line = batchLine(items.map((item) => new TextEncoder().encode(item)));
  expect(text(line)).toBe(
    '[{"jsonrpc":"2.0","id":1,"result":{ }},{"jsonrpc":"2.0","id":2,"result":1.0},{"jsonrpc":"2.0","id":3,"result":0}]\n',
  );
  expect(text(batchLine([]))).toBe('[]\n');
});
