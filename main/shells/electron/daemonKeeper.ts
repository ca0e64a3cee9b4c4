import type { DaemonProcess } from './daemonProcess.ts';

/** What the keeper needs: time comes in, so that patience can be tested. */
export interface KeeperPorts {
  /** Makes way and starts a daemon; rejects with what to tell the person. */
  start(): Promise<DaemonProcess>;
  /** Puts a running daemon's doors to use; resolves when it answers. */
  adopt(daemon: DaemonProcess): Promise<void>;
  /** The daemon ended unasked; it is started again after `delayMs`, or not any more when null. */
  lost(reason: string, delayMs: number | null): void;
  now(): number;
  wait(ms: number): Promise<void>;
}

const FIRST_DELAY = 500;
const LONGEST_DELAY = 8_000;
const WINDOW = 60_000;
const STARTS = 5;

/** Keeps one daemon running: starts it again with growing delay, and gives up after five starts within a minute. */
export class DaemonKeeper {
  readonly #ports: KeeperPorts;
  #current: DaemonProcess | null = null;
  #stopping = false;

  constructor(ports: KeeperPorts) {
    this.#ports = ports;
  }

  /** Runs until `stop`, or until it gives up. */
  async run(): Promise<void> {
    const starts: number[] = [];
    while (!this.#stopping) {
      starts.push(this.#ports.now());
      const reason = await this.#once();
      if (this.#stopping) return;
      const recent = starts.filter((at) => this.#ports.now() - at < WINDOW).length;
      const delay = recent >= STARTS ? null : Math.min(FIRST_DELAY * 2 ** Math.max(recent - 1, 0), LONGEST_DELAY);
      this.#ports.lost(reason, delay);
      if (delay === null) return;
      await this.#ports.wait(delay);
    }
  }

  /** Stops the daemon with a grace of two seconds and starts none again. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#current?.stop(2_000);
  }

  /** One life of a daemon; resolves with the reason of its end. */
  async #once(): Promise<string> {
    try {
      const daemon = await this.#ports.start();
      this.#current = daemon;
      if (this.#stopping) await daemon.stop(2_000);
      const silence = this.#ports.adopt(daemon).then(
        () => daemon.ended,
        async (error: unknown) => {
          // A daemon that is ending closes its doors a moment earlier than it tells why.
          await Promise.race([daemon.ended, this.#ports.wait(FIRST_DELAY)]);
          return `It does not answer as it should: ${error instanceof Error ? error.message : String(error)}`;
        },
      );
      const reason = await Promise.race([daemon.ended, silence]);
      await daemon.stop(2_000);
      return reason;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      this.#current = null;
    }
  }
}
