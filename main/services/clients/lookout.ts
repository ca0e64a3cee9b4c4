/** Looking again when something may have changed in clients' files. */
import type { Clock } from '../clock.ts';
import type { ClientFiles } from './ports.ts';

/** Clients write their files in several steps, and some all the time. */
const SETTLE_MS = 300;
/** Where nothing can be watched, as on some network file systems, this finds what changed. */
const LOOK_AGAIN_MS = 60_000;

export class Lookout {
  readonly #files: ClientFiles;
  readonly #clock: Clock;
  readonly #look: () => void;
  /** The next regular look. */
  #again: (() => void) | null = null;
  /** The look after something changed. Nothing else puts it off: what came while another look ran must not be missed. */
  #settling: (() => void) | null = null;
  #unwatch: () => Promise<void> = async () => {};
  #watched = '';
  #stopped = false;

  constructor(parts: { files: ClientFiles; clock: Clock }, look: () => void) {
    this.#files = parts.files;
    this.#clock = parts.clock;
    this.#look = look;
  }

  /** From now on these paths: those that are there, and those that may come. */
  async follow(paths: readonly string[]): Promise<void> {
    this.#again?.();
    if (this.#stopped) return;
    this.#again = this.#clock.after(LOOK_AGAIN_MS, this.#look);
    const folders = await this.#files.nearest(paths);
    const watched = [...folders, ...paths].join('\n');
    if (this.#watched === watched) return;
    const unwatch = this.#unwatch;
    this.#watched = watched;
    this.#unwatch = await this.#files.watch(paths, folders, () => this.#lookSoon());
    // What came while nothing watched yet.
    this.#lookSoon();
    await unwatch();
  }

  /** No look begins any more. */
  stop(): void {
    this.#stopped = true;
    this.#again?.();
    this.#settling?.();
  }

  close(): Promise<void> {
    this.stop();
    return this.#unwatch();
  }

  #lookSoon(): void {
    if (this.#stopped) return;
    this.#settling ??= this.#clock.after(SETTLE_MS, () => {
      this.#settling = null;
      this.#look();
    });
  }
}
