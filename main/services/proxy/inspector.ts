import { Refused } from '../../contract/errors.ts';
import { LineFramer, SERVER_LINES } from '../../core/mcp/framing.ts';
import { requestLine } from '../../core/mcp/messages.ts';
import type { Peer } from './ports.ts';

/** The newest revision with `initialize` (MCP 2025-11-25, lifecycle). */
const LEGACY_VERSION = '2025-11-25';
/** The stateless revision, for servers that know no `initialize`. */
const MODERN_VERSION = '2026-07-28';

interface Answer {
  result?: unknown;
  error?: { code: number; message: string };
}

/** The smallest client there is: greets a server and pings it, inside the daemon, through the same session as everyone. */
export class Inspector {
  readonly peer: Peer;
  readonly #info: { name: string; version: string };
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  readonly #enders: (() => void)[] = [];
  #toSession: (bytes: Uint8Array) => void = () => {};
  #next = 0;
  #modern = false;

  constructor(version: string) {
    this.#info = { name: 'countersign', version };
    const framer = new LineFramer({ line: (line) => this.#line(line), refused: () => {} }, SERVER_LINES);
    this.peer = {
      write: (bytes) => {
        framer.push(bytes);
        return true;
      },
      onDrain: () => {},
      onData: (listener) => {
        this.#toSession = listener;
      },
      onEnd: () => {},
      pause: () => {},
      resume: () => {},
      end: () => this.#end(),
    };
  }

  onEnd(listener: () => void): void {
    this.#enders.push(listener);
  }

  /** Greets the server in either era. Throws `Refused('SERVER_FAILED')` when it answers neither. */
  async initialize(): Promise<void> {
    const legacy = await this.#request('initialize', {
      protocolVersion: LEGACY_VERSION,
      capabilities: {},
      clientInfo: this.#info,
    });
    if (!legacy.error) {
      this.#send(`{"jsonrpc":"2.0","method":"notifications/initialized"}\n`);
      return;
    }
    const modern = await this.#discover();
    if (modern.error) throw new Refused('SERVER_FAILED', legacy.error.message.slice(0, 300));
    this.#modern = true;
  }

  /** Resolves when the server answers at all; revision 2026-07-28 has no ping, so `server/discover` stands in. */
  async ping(): Promise<void> {
    await (this.#modern ? this.#discover() : this.#request('ping', {}));
  }

  #discover(): Promise<Answer> {
    return this.#request('server/discover', {
      _meta: {
        'io.modelcontextprotocol/protocolVersion': MODERN_VERSION,
        'io.modelcontextprotocol/clientCapabilities': {},
        'io.modelcontextprotocol/clientInfo': this.#info,
      },
    });
  }

  #request(method: string, params: unknown): Promise<Answer> {
    this.#next += 1;
    const id = `inspect-${this.#next}`;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#waiting.set(id, resolve);
    this.#toSession(requestLine(id, method, params));
    return promise;
  }

  #send(line: string): void {
    this.#toSession(new TextEncoder().encode(line));
  }

  #line(line: Uint8Array): void {
    const message = JSON.parse(new TextDecoder().decode(line)) as Answer & { id?: string };
    const resolve = message.id === undefined ? undefined : this.#waiting.get(message.id);
    if (!resolve || message.id === undefined) return;
    this.#waiting.delete(message.id);
    resolve(message);
  }

  #end(): void {
    for (const resolve of this.#waiting.values()) resolve({ error: { code: 0, message: 'the server ended' } });
    this.#waiting.clear();
    for (const listener of this.#enders.splice(0)) listener();
  }
}
