/** One session between a client and a server that do what a test says: real desk, real catalogue, a ledger in memory. */
import { createHash } from 'node:crypto';
import type { FileState } from '../../contract/change.ts';
import type { GrantChoice } from '../../contract/grant.ts';
import { refusal } from '../../contract/refusal.ts';
import type { ToolClass } from '../../contract/tool.ts';
import type { Verdict } from '../../contract/verdict.ts';
import type { PathText } from '../../core/gate/pathTexts.ts';
import type { PathLead } from '../../core/gate/placeFacts.ts';
import { AskDesk } from '../approvals/approvals.ts';
import { DiskGuard } from '../audit/diskGuard.ts';
import { GrantBook } from '../grants/grants.ts';
import { ManualClock } from '../manualClock.ts';
import type { PolicyEngine, PolicyQuestion } from '../policy/ports.ts';
import { KillSwitches } from '../switches/switches.ts';
import { openCatalog } from '../tools/catalog.ts';
import { findFacts } from './callFacts.ts';
import { ClientEnd, ServerEnd } from './ends.fixture.ts';
import { type Event, Ledger } from './ledger.fixture.ts';
import { DEFAULT_LIMITS } from './ports.ts';
import { Session } from './session.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests reach into any message
export type Message = Record<string, any>;

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What ships: reading runs, everything else asks one person (`resources/policies/default.cedar`). */
export function defaultVerdict({ class: toolClass }: PolicyQuestion): Verdict {
  const ask = toolClass !== 'read';
  return {
    decision: ask ? 'ask' : 'allow',
    approvals: ask ? 1 : 0,
    rule: { id: ask ? 'default/ask' : 'default/permit', file: 'default.cedar', line: 1 },
    reason: ask ? 'It writes.' : 'It reads.',
    decider: 'policy',
    code: null,
  };
}

const TOOLS = [
  { name: 'look', description: 'Looks.', inputSchema: { type: 'object' } },
  { name: 'put', description: 'Writes.', inputSchema: { type: 'object' } },
];
const CLASSES: Readonly<Record<string, ToolClass>> = { look: 'read', put: 'write' };

export class Conversation {
  readonly clock = new ManualClock();
  readonly events: Event[] = [];
  readonly ledger = new Ledger((event) => this.events.push(event));
  readonly faults: unknown[] = [];
  readonly desk: AskDesk;
  readonly grants: GrantBook;
  readonly switches: KillSwitches;
  readonly session: Session;
  readonly catalog = openCatalog({ rows: this.ledger, sha256 });
  /** What the server says its tools are. */
  tools: readonly object[] = TOOLS;
  decide = defaultVerdict;
  /** What the paths on disk hold; every other is not there. */
  readonly files = new Map<string, FileState>();
  /** Where a path in an argument leads. */
  leads = (text: PathText, _folders: readonly string[]): PathLead => ({
    ...text,
    written: [text.text],
    real: [text.text],
    certain: true,
  });
  canAsk = true;
  /** Bytes left on the disk. */
  free = Number.MAX_SAFE_INTEGER;
  readonly disk = new DiskGuard(() => this.free, this.clock);
  readonly #client = new ClientEnd((bytes) => this.#told('to-client', bytes));
  readonly #server = new ServerEnd((bytes) => this.#told('to-server', bytes));
  #ids = 0;

  constructor() {
    const { clock, ledger } = this;
    const newId = () => `00000000-0000-7000-8000-${String(++this.#ids).padStart(12, '0')}`;
    const hash = (bytes: Uint8Array) => `sha256:${sha256(bytes)}`;
    this.desk = new AskDesk({
      audit: ledger,
      clock,
      newId,
      hash,
      policyVersion: () => 'v1',
      person: 'anna',
      proofNeeded: () => null,
    });
    this.grants = new GrantBook({
      rows: ledger,
      clock,
      newId,
      hash,
      realPath: async (path) => path,
      home: '/home/anna',
    });
    this.switches = new KillSwitches(ledger, clock, () => []);
    const policy = { decide: (question: PolicyQuestion) => this.decide(question) } as PolicyEngine;
    this.session = new Session(
      {
        audit: ledger,
        disk: this.disk,
        asks: this.desk,
        policy,
        grants: this.grants,
        switches: this.switches,
        catalog: this.catalog,
        clock,
        newId,
        hash,
        limits: DEFAULT_LIMITS,
        person: 'anna',
        checkArguments: () => null,
        files: { mostBytes: 1000, read: async (path) => this.files.get(path) ?? { kind: 'absent' } },
        countLines: (before, after) => ({ added: Number(after !== ''), removed: Number(before !== '') }),
        findFacts: findFacts(
          { resolve: async (texts, folders) => texts.map((text) => this.leads(text, folders)) },
          () => [],
        ),
        canAsk: () => (this.canAsk ? null : refusal('LOOK_ONLY')),
        told: { about: () => ({}) },
        recordIfPossible: (draft, payload) => {
          try {
            ledger.append(draft, payload);
          } catch {
            // As in the daemon: what is refused stays refused.
          }
        },
        fault: (error) => this.faults.push(error),
      },
      {
        id: newId(),
        server: 'files',
        launchDigest: hash(encoder.encode('launch')),
        folders: ['/srv'],
        client: { name: null, version: null, pid: 1, program: '/usr/bin/client' },
        peer: this.#client,
        instance: this.#server,
      },
    );
    this.switches.onChange((killed) => {
      if (killed) this.session.stop((what) => this.switches.covers(killed, what), refusal('SWITCHED_OFF'));
    });
  }

  /** Past the handshake of the legacy era, with both tools accepted and seen on this connection. */
  static async greeted(setting: { review?: boolean } = {}): Promise<Conversation> {
    const talk = new Conversation();
    if (setting.review !== false) talk.review(CLASSES);
    talk.client({ id: 'hello', method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {} } });
    talk.server({ id: 'hello', result: { protocolVersion: '2025-11-25', capabilities: {} } });
    talk.client({ method: 'notifications/initialized' });
    talk.answerList();
    await talk.rest();
    return talk;
  }

  /** A person accepts the server's tools as they are now. */
  review(classes: Readonly<Record<string, ToolClass>>): void {
    const seen = this.tools.map((tool) => ({
      name: (tool as { name: string }).name,
      bytes: encoder.encode(JSON.stringify(tool)),
    }));
    this.catalog.saw('files', 'tool', seen);
    const accepted = seen.map(({ name, bytes }) => ({
      name,
      digest: this.catalog.digestOf('tool', bytes) ?? '',
      class: classes[name] ?? ('external' as const),
    }));
    this.catalog.accept('files', accepted, { person: 'anna', via: 'window' });
  }

  /** The client writes a line: a message, or a text as it is. */
  client(line: Message | string): void {
    const bytes = this.#line(line);
    this.#told('from-client', bytes);
    this.#client.says(bytes);
  }

  server(line: Message | string): void {
    this.#server.says(this.#line(line));
  }

  /** Part of what the server writes, as it is. */
  serverBytes(part: string): void {
    this.#server.says(encoder.encode(part));
  }

  /** The server answers the newest question of the gate for its tools. */
  answerList(result: Message = { tools: this.tools }): void {
    const id = this.toServer.filter(({ method }) => method === 'tools/list').at(-1)?.id;
    this.server({ id, result });
  }

  call(id: number | string, tool: 'look' | 'put', args: Message = {}, meta?: Message): void {
    this.client({ id, method: 'tools/call', params: { name: tool, arguments: args, ...(meta && { _meta: meta }) } });
  }

  /** The client takes a request back. */
  cancel(id: number): void {
    this.client({ method: 'notifications/cancelled', params: { requestId: id } });
  }

  clientEnds(): void {
    this.#client.ends();
  }

  serverExits(reason = 'The server ended with code 1'): void {
    this.#server.exits(reason);
  }

  /** Lets everything that can go on go on. */
  async rest(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Whether the session has let go of the client. */
  get hungUp(): boolean {
    return this.#client.hungUp;
  }

  /** Why the session has stopped the server; null while it runs. */
  get stopped(): string | null {
    return this.#server.stopped;
  }

  /** The server's log. */
  get log(): readonly string[] {
    return this.#server.logged;
  }

  get asks() {
    return this.desk.list(true);
  }

  /** The person sees the oldest ask, reads it, and says yes, or widens the yes to a grant. */
  async approves(grant?: GrantChoice): Promise<void> {
    const ask = this.asks[0];
    if (!ask) throw new Error('Nobody asks.');
    this.desk.shown(ask.id);
    this.clock.pass(500);
    const answer = { id: ask.id, hash: ask.hash, approve: true, ...(grant && { grant }) };
    await this.desk.answer(answer, { via: 'window', prove: async () => null });
    await this.rest();
  }

  async denies(note?: string): Promise<void> {
    this.desk.deny(this.asks[0]?.id ?? '', note ?? null, 'window');
    await this.rest();
  }

  get toServer(): Message[] {
    return this.#lines('to-server');
  }

  get toClient(): Message[] {
    return this.#lines('to-client');
  }

  /** What the client was told about the request of this id. */
  answer(id: number | string): Message | undefined {
    return this.toClient.find((message) => message.id === id);
  }

  /** Why the call of this id was not let through, as its answer says. */
  refusedCode(id: number): string | undefined {
    return this.answer(id)?.result?._meta?.['dev.countersign/refusal']?.code;
  }

  /** Bytes of the calls that reached the server, in order. */
  get forwarded(): string[] {
    return this.events.flatMap((event) =>
      event.kind === 'to-server' && event.line.includes('"tools/call"') ? [event.line] : [],
    );
  }

  /** The records about calls and refusals so far, as `type event CODE`. */
  get story(): string[] {
    return this.ledger.drafts
      .filter(({ type }) => ['intent', 'outcome', 'refused', 'asked', 'answered'].includes(type))
      .map(({ type, event, code }) => [type, event, ...(code ? [code] : [])].join(' '));
  }

  #lines(kind: 'to-server' | 'to-client'): Message[] {
    return this.events.flatMap((event) => (event.kind === kind ? [JSON.parse(event.line) as Message] : []));
  }

  #line(line: Message | string): Uint8Array {
    return encoder.encode(`${typeof line === 'string' ? line : JSON.stringify({ jsonrpc: '2.0', ...line })}\n`);
  }

  #told(kind: 'from-client' | 'to-server' | 'to-client', bytes: Uint8Array): void {
    const text = decoder.decode(bytes);
    if (!text.endsWith('\n')) throw new Error('a line without an end');
    this.events.push({ kind, line: text.slice(0, -1) });
  }
}
