import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLIENT_LINES, LineFramer, type LineLimits, SERVER_LINES } from './framing.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (line: Uint8Array) => new TextDecoder().decode(line);

function conversation(limits: Partial<LineLimits> = {}) {
  const heard: string[] = [];
  const framer = new LineFramer(
    {
      line: (line) => heard.push(text(line)),
      refused: (code, detail, head) => heard.push(`${code} ${detail}: ${text(head.subarray(0, 20))}`),
    },
    limits,
  );
  return {
    framer,
    heard,
    says: (part: string | Uint8Array) => framer.push(typeof part === 'string' ? bytes(part) : part),
  };
}

describe('lines', () => {
  it('come out one by one, however they were cut', () => {
    const { heard, says } = conversation();
    says('{"a":1}\n{"b"');
    expect(heard).toEqual(['{"a":1}']);
    says(':2}');
    expect(heard).toEqual(['{"a":1}']);
    says('\n\n{"c":3}\n');
    expect(heard).toEqual(['{"a":1}', '{"b":2}', '{"c":3}']);
  });

  it('are separated by 0x0A alone: U+2028, U+2029 and U+0085 stay inside', () => {
    const { heard, says } = conversation();
    says('"a\u2028b\u2029c\u0085d"\n');
    expect(heard).toEqual(['"a\u2028b\u2029c\u0085d"']);
  });

  it('keep a carriage return directly before the separator', () => {
    const { heard, says } = conversation();
    says('{"a":1}\r\n\r\n{"b":2}\r');
    says('\n');
    expect(heard).toEqual(['{"a":1}\r', '{"b":2}\r']);
  });

  it('with a carriage return anywhere else are refused from a client, and the next one passes', () => {
    const { heard, says } = conversation(CLIENT_LINES);
    says('{"id":1,\r"method":"ping"}\n{"a":1}\r\r\n{"ok":1}\n');
    expect(heard).toEqual([
      'CARRIAGE_RETURN at byte 8: {"id":1,\r"method":"p',
      'CARRIAGE_RETURN at byte 7: {"a":1}\r\r',
      '{"ok":1}',
    ]);
  });

  it('with a carriage return inside pass from a server', () => {
    const { heard, says } = conversation(SERVER_LINES);
    says('progress\rprogress\n');
    expect(heard).toEqual(['progress\rprogress']);
  });

  it('of a stream that ends without a separator are still handed on', () => {
    const { framer, heard, says } = conversation();
    says('{"a":1}\n{"b":2}');
    framer.end();
    framer.end();
    expect(heard).toEqual(['{"a":1}', '{"b":2}']);
  });

  it('lie in the chunk itself where they can, with their separator behind them', () => {
    const chunk = bytes('{"a":1}\n{"b":2}\n');
    const seen: Uint8Array[] = [];
    const framer = new LineFramer({ line: (line) => seen.push(line), refused: () => {} });
    framer.push(chunk);
    framer.push(bytes('{"c":'));
    framer.push(bytes('3}\n'));
    expect(seen[0]?.buffer).toBe(chunk.buffer);
    for (const line of seen) expect(new Uint8Array(line.buffer, line.byteOffset + line.length, 1)[0]).toBe(0x0a);
  });

  it('do not depend on how the stream was cut', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\n', '\r\n', '\r', 'x'.repeat(70), '', '\u2028'),
    );
    fc.assert(
      fc.property(
        fc.array(piece),
        fc.array(fc.nat(40)),
        fc.constantFrom<LineLimits['carriageReturns']>('refuse', 'allow'),
        (pieces, cuts, carriageReturns) => {
          const whole = bytes(pieces.join(''));
          const limits = { maxLine: 64, carriageReturns };
          const atOnce = conversation(limits);
          atOnce.says(whole);
          atOnce.framer.end();
          const inParts = conversation(limits);
          let from = 0;
          for (const cut of cuts) {
            inParts.says(whole.slice(from, from + cut));
            from += cut;
          }
          inParts.says(whole.slice(from));
          inParts.framer.end();
          expect(inParts.heard.map(withoutHead)).toEqual(atOnce.heard.map(withoutHead));
        },
      ),
    );
  });
});

/** How much of a line is at hand when it passes the limit does depend on the chunks. */
function withoutHead(heard: string): string {
  return heard.startsWith('LINE_TOO_LONG') ? 'LINE_TOO_LONG' : heard;
}

describe('a line over the limit', () => {
  it('is refused once and skipped; a line of exactly the limit passes', () => {
    const { heard, says } = conversation({ maxLine: 10 });
    says('0123456789\n0123456789');
    says('\n01234567890');
    says('still the same line');
    says('and its end\nnext\n');
    says('01234567890\nlast\n');
    expect(heard).toEqual([
      '0123456789',
      '0123456789',
      'LINE_TOO_LONG the limit is 10 bytes: 01234567890',
      'next',
      'LINE_TOO_LONG the limit is 10 bytes: 01234567890',
      'last',
    ]);
  });

  it('is refused as soon as its id is known, and otherwise at its end, which is handed on as well', () => {
    const ends: string[] = [];
    const framer = new LineFramer(
      {
        line: () => {},
        refused: (_code, _detail, head, tail) => ends.push(`${text(head).slice(0, 12)}…${text(tail)}`),
      },
      { maxLine: 20 },
    );
    framer.push(bytes('{"id":1,"result":"xxxxxxxx'));
    expect(ends).toHaveLength(1);
    framer.push(bytes('xxxx"}\n{"result":"xxxxxxxxxxxxxxxxxxx'));
    expect(ends).toHaveLength(1);
    framer.push(bytes(`${'x'.repeat(2000)}"},"i`));
    framer.push(bytes('d":2}\n'));
    expect(ends).toHaveLength(2);
    expect(ends[1]).toMatch(/^\{"result":"x…x{1014}"\},"id":2\}$/);
    framer.push(bytes('{"result":"and no end of it'));
    framer.end();
    expect(ends).toHaveLength(3);
  });

  it('of 100 MB is not kept in memory', () => {
    const heads: number[] = [];
    let lines = 0;
    const framer = new LineFramer(
      { line: () => lines++, refused: (_code, _detail, head) => heads.push(head.length) },
      { maxLine: 1024 * 1024 },
    );
    const chunk = new Uint8Array(65_536).fill(0x61);
    framer.push(chunk);
    const before = process.memoryUsage();
    for (let sent = 0; sent < 100_000_000; sent += chunk.length) framer.push(chunk);
    const after = process.memoryUsage();
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(8_000_000);
    framer.push(bytes('\n{"next":1}\n'));
    expect(heads).toEqual([65_536]);
    expect(lines).toBe(1);
  });
});
