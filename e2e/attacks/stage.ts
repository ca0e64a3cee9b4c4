import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordView } from '../../main/contract/record.ts';
import { leftAfter, processesOf } from '../fixtures/census.ts';
import { connectCommand } from '../fixtures/client.ts';
import { Connection, type Message } from '../fixtures/connection.ts';
import { admit, type Daemon, type DaemonOptions, ownEnvironment, startDaemon } from '../fixtures/daemon.ts';
import { type Home, makeHome, PROJECT } from '../fixtures/home.ts';

/** After its daemon has ended nothing of a home may be left for longer. */
const GONE_MS = 2000;

/** A home with a daemon and one reviewed server, `recorder`: `look` runs unasked, `put` asks. Each call it receives is in `log`. */
export class Stage implements AsyncDisposable {
  readonly home: Home;
  readonly #connections: Connection[] = [];
  #daemon: Daemon;

  private constructor(home: Home, daemon: Daemon) {
    this.home = home;
    this.#daemon = daemon;
  }

  static async open(options: DaemonOptions = {}): Promise<Stage> {
    const home = makeHome();
    // The person's own home folder, where AI clients keep their files.
    home.env.HOME = join(home.folder, 'person');
    mkdirSync(home.env.HOME);
    const stage = new Stage(home, await startDaemon(home, options));
    // It lies beside the person's home folder, where a sandbox lets nothing new be made.
    writeFileSync(stage.log, '');
    await admit(stage.daemon, 'recorder', stage.entry(), { look: 'read', put: 'write' });
    return stage;
  }

  get daemon(): Daemon {
    return this.#daemon;
  }

  get log(): string {
    return this.path('received');
  }

  path(...parts: string[]): string {
    return join(this.home.folder, ...parts);
  }

  /** The entry of another recording server. */
  entry(): { command: string; args: string[] } {
    return { command: process.execPath, args: [join(PROJECT, 'e2e/servers/recording.ts'), this.log] };
  }

  /** What a client has after it started the relay for this server: raw lines both ways. */
  connect(server = 'recorder', env: Record<string, string> = {}): Connection {
    const { command, args } = connectCommand(server);
    const connection = new Connection(command, args, { ...ownEnvironment(this.home), ...env });
    this.#connections.push(connection);
    return connection;
  }

  /** The code with which a client's `initialize` is refused, or its result's server name. */
  async firstWord(server = 'recorder'): Promise<string> {
    const connection = this.connect(server);
    const clientInfo = { name: 'attacks', version: '1.0.0' };
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
    const { error, result } = await connection.request('initialize', params);
    await connection.close();
    return error?.data.code ?? result.serverInfo.name;
  }

  /** One call by a client of its own: the code of its refusal, or the text it was answered with. */
  async call(tool: string, n: string, server = 'recorder'): Promise<string> {
    const connection = this.connect(server);
    await connection.initialize();
    const answer = await connection.call(tool, { n });
    await connection.close();
    return outcomeOf(answer);
  }

  /** Every `n` that the recording servers received. */
  received(): string[] {
    if (!existsSync(this.log)) return [];
    const lines = readFileSync(this.log, 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line).arguments.n);
  }

  /** Stops the daemon, does something to its files, and starts it again. */
  async whileStopped(attack: () => void, options: DaemonOptions = {}): Promise<Daemon> {
    await this.#daemon.stop();
    attack();
    this.#daemon = await startDaemon(this.home, options);
    return this.#daemon;
  }

  /** What the ledger says about tampering, newest first. */
  async alarms(): Promise<RecordView[]> {
    return (await this.daemon.app.audit.search({ type: 'alarm' })).records;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.close()));
    await this.#daemon.stop();
    const left = await leftAfter(GONE_MS, () => processesOf(this.home));
    this.home.remove();
    if (left.length > 0) throw new Error(`Still there: ${left.map(({ command }) => command).join(', ')}`);
  }
}

/** The code of a refused call, or the text of its result. */
export function outcomeOf({ result, error }: Message): string {
  return error?.data.code ?? result._meta?.['dev.countersign/refusal']?.code ?? result.content[0].text;
}
