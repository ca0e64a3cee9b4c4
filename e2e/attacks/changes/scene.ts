import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AskView } from '../../../main/contract/ask.ts';
import { type Collector, type Fleet, foundAt, startCollector } from '../../fixtures/collector.ts';
import { openControl } from '../../fixtures/control.ts';
import type { Operations } from '../../fixtures/door.ts';
import { type Postgres, startPostgres } from '../../fixtures/postgres.ts';
import { Stage } from '../stage.ts';

/** The server of every stage. */
export const server = 'recorder';

/** A daemon with a door for programs of the account, and a collector: all that it takes to change everything once. */
export class Scene {
  stage!: Stage;
  control!: Operations;
  collector!: Collector;
  fleet!: Fleet;
  #postgres!: Postgres;
  readonly #data = mkdtempSync(join(tmpdir(), 'countersign-collector-'));
  #disconnect = () => {};

  async open(): Promise<void> {
    [this.stage, this.#postgres] = await Promise.all([Stage.open(), startPostgres()]);
    this.collector = await startCollector({ data: this.#data, databaseUrl: this.#postgres.url });
    ({ fleet: this.fleet } = await foundAt(this.collector.url, this.collector.bootstrap ?? '', 'Acme'));
    await this.connect();
  }

  async close(): Promise<void> {
    this.disconnect();
    await this.stage[Symbol.asyncDispose]();
    await this.collector.stop();
    await this.#postgres.stop();
    rmSync(this.#data, { recursive: true, force: true });
  }

  /** Opens the control socket of the daemon that runs now. */
  async connect(): Promise<void> {
    ({ control: this.control, close: this.#disconnect } = await openControl(this.stage.home));
  }

  disconnect(): void {
    this.#disconnect();
  }

  /** A server by what it would run now. */
  async launchOf(name: string): Promise<{ server: string; digest: string }> {
    return { server: name, digest: (await this.control.servers.review({ server: name })).digest ?? '' };
  }

  /** A client calls `put`: the question that a person then sees. */
  async asked(n: string): Promise<AskView> {
    const client = this.stage.connect();
    await client.initialize();
    client.start('tools/call', { name: 'put', arguments: { n } });
    return this.ask(
      ({ subject }) => subject.kind === 'call' && subject.arguments.some(({ json }) => json === `"${n}"`),
    );
  }

  /** The open ask that fits; looks until there is one. */
  async ask(fits: (ask: AskView) => boolean): Promise<AskView> {
    for (;;) {
      const ask = (await this.control.asks.list({ open: true })).find(fits);
      if (ask) return ask;
    }
  }
}
