/** What the small servers share: raw lines in, and the id's own text, so that a server can say exactly what reached it. */

const LF = 0x0a;

/** A request as it stands in a line. */
export interface Incoming {
  readonly bytes: Buffer;
  /** The id's JSON text; null for a notification. */
  readonly id: string | null;
  readonly method: string;
  /** The called tool's name, for `tools/call`. */
  readonly tool: string | null;
  /** `params` as a value; empty where this server's own reader cannot read the line. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever a spec sent
  readonly params: any;
}

/** Hands on each line of standard input. The process ends with its input. */
export function onLine(listener: (line: Incoming) => void): void {
  let parts: Buffer[] = [];
  process.stdin.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, from)) {
      parts.push(chunk.subarray(from, at));
      listener(incoming(Buffer.concat(parts)));
      parts = [];
      from = at + 1;
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  });
  process.stdin.on('end', () => process.exit(0));
}

/** Answers the request whose id has this text with a result's JSON text. */
export function answer(id: string, result: unknown): void {
  process.stdout.write(`{"jsonrpc":"2.0","id":${id},"result":${JSON.stringify(result)}}\n`);
}

export function answerText(id: string, text: string): void {
  answer(id, { content: [{ type: 'text', text }] });
}

/** Answers what every legacy server is asked first; false when the line asks something else. */
export function answerHandshake({ id, method, params }: Incoming, tools: () => unknown): boolean {
  if (id === null) return method !== 'notifications/cancelled';
  switch (method) {
    case 'initialize':
      answer(id, {
        protocolVersion: params.protocolVersion,
        capabilities: { tools: { listChanged: true } },
        serverInfo: { name: 'e2e', version: '1.0.0' },
      });
      return true;
    case 'ping':
      answer(id, {});
      return true;
    case 'tools/list':
      answer(id, { tools: tools() });
      return true;
    default:
      return false;
  }
}

function incoming(bytes: Buffer): Incoming {
  const text = bytes.toString('latin1');
  const found = (pattern: RegExp) => pattern.exec(text)?.[1] ?? null;
  let params: unknown = {};
  try {
    params = JSON.parse(bytes.toString('utf8')).params ?? {};
  } catch {
    // What this reader cannot read may still be exactly what the spec sent.
  }
  return {
    bytes,
    id: found(/"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)/),
    method: found(/"method"\s*:\s*"([^"]*)"/) ?? '',
    tool: found(/"params"\s*:\s*\{\s*"name"\s*:\s*"([^"]*)"/),
    params,
  };
}
