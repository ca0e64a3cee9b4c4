import { Refused } from '../../contract/errors.ts';
import { LineFramer, SERVER_LINES } from '../../core/mcp/framing.ts';
import { requestLine } from '../../core/mcp/messages.ts';
import type { Peer } from './ports.ts';

/** The newest revision with `initialize` (MCP 2025-11-25, lifecycle). */
const LEGACY_VERSION = '2025-11-25';
/** The stateless revision, for servers that know no `initialize`. */
const MODERN_VERSION = '2026-07-28';

/** What it says it can do, so that servers show every tool they have; none of it is then done. */
const CAPABILITIES = { roots: {}, sampling: {}, elicitation: { form: {}, url: {} } };
/** JSON-RPC 2.0, section 5.1. */
const METHOD_NOT_FOUND = -32601;

interface Answer {
  result?: unknown;
  error?: { code: number; message: string };
}

/** The part of a line that tells a request of the server from an answer. */
interface Asked {
  id?: string | number;
  method?: string;
}

const ENDED: Answer = { error: { code: 0, message: 'the server ended' } };

/** The smallest client there is: greets a server and pings it, inside the daemon, through the same session as everyone. */
export class Inspector {
  readonly peer: Peer;
  readonly #info: { name: string; version: string };
  readonly #waiting = new Map<string | number, (answer: Answer) => void>();
  readonly #enders: (() => void)[] = [];
  #toSession: (bytes: Uint8Array) => void = () => {};
  #next = 0;
  #modern = false;
  #ended = false;

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
      capabilities: CAPABILITIES,
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
        'io.modelcontextprotocol/clientCapabilities': CAPABILITIES,
        'io.modelcontextprotocol/clientInfo': this.#info,
      },
    });
  }

  #request(method: string, params: unknown): Promise<Answer> {
    this.#next += 1;
    const id = `inspect-${this.#next}`;
    if (this.#ended) return Promise.resolve(ENDED);
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#waiting.set(id, resolve);
    this.#toSession(requestLine(id, method, params));
    return promise;
  }

  #send(line: string): void {
    this.#toSession(new TextEncoder().encode(line));
  }

  #line(line: Uint8Array): void {
    const { id, method, ...answer } = JSON.parse(new TextDecoder().decode(line)) as Answer & Asked;
    if (id === undefined) return;
    if (method !== undefined) return this.#refuse(id, method);
    const resolve = this.#waiting.get(id);
    this.#waiting.delete(id);
    resolve?.(answer);
  }

  /** Nothing a server asks of this client is done: it has no roots, no model and no person to fill in a form. */
  #refuse(id: string | number, method: string): void {
    const answer =
      method === 'roots/list' ? { result: { roots: [] } } : { error: { code: METHOD_NOT_FOUND, message: method } };
    this.#send(`${JSON.stringify({ jsonrpc: '2.0', id, ...answer })}\n`);
  }

  #end(): void {
    this.#ended = true;
    for (const resolve of this.#waiting.values()) resolve(ENDED);
    this.#waiting.clear();
    for (const listener of this.#enders.splice(0)) listener();
  }
}
