import type { AskView } from '../../contract/ask.ts';
import type { DaemonLink } from './forwardRouter.ts';

/** What the prompter shows through. */
export interface PromptSurface {
  show(focus: boolean): void;
  hide(): void;
  /** A native notification of the newest of `waiting` asks, that does nothing but call `open`; returns what takes it back. */
  notify(newest: AskView, waiting: number, open: () => void): () => void;
  /** How many asks are open now, and whether the kill switch for everything is on. */
  count(open: number, stopped: boolean): void;
  /** The person is looking at one of our windows right now. */
  attended(): boolean;
}

/**
 * Brings the approval window into sight while something is open to be answered, and turns its closing into a no.
 * It answers nothing itself but denials.
 */
export class Prompter {
  readonly #surface: PromptSurface;
  #link: DaemonLink | null = null;
  #open: readonly AskView[] = [];
  #inSight: string | null = null;
  #notice: { readonly id: string; takeBack(): void } | null = null;
  #locked = false;
  #stopped = false;

  constructor(surface: PromptSurface) {
    this.#surface = surface;
  }

  /** Follows a daemon until its link ends. */
  async follow(link: DaemonLink): Promise<void> {
    this.#link = link;
    try {
      const changes = await link.daemon.changes();
      await this.#read(link);
      for await (const { topic } of changes) {
        if (topic === 'asks' || topic === 'status' || topic === 'switches') await this.#read(link);
      }
    } finally {
      if (this.#link === link) {
        this.#link = null;
        this.#take([]);
      }
    }
  }

  /** The page says which ask the person sees. */
  inSight(id: string): void {
    this.#inSight = id;
  }

  /** The person reaches for the prompt: by shortcut, tray, notification or from the main window. */
  reach(): void {
    if (this.#wanted()) this.#surface.show(true);
  }

  /** Closed, crashed or locked: the ask in sight is denied; the next one, if any, comes into sight. */
  async dismiss(why: string): Promise<void> {
    const seen = this.#open.find(({ id }) => id === this.#inSight) ?? this.#open[0];
    if (seen === undefined || this.#link === null) {
      this.#surface.hide();
      return;
    }
    await this.#link.asks.deny({ id: seen.id, note: why }).catch(() => {});
  }

  async #read(link: DaemonLink): Promise<void> {
    const { keystore } = await link.daemon.status();
    this.#locked = keystore.state !== 'ready';
    const killed = this.#locked ? [] : await link.switches.list().catch(() => []);
    this.#stopped = killed.some(({ scope }) => scope.kind === 'all');
    // Without keys there are no asks (the page then offers to open the vault), nor while the daemon still gathers itself;
    // its next `status` change comes when it has.
    this.#take(this.#locked ? [] : await link.asks.list({ open: true }).catch(() => []));
  }

  #take(asks: readonly AskView[]): void {
    const known = new Set(this.#open.map(({ id }) => id));
    const fresh = asks.filter(({ id }) => !known.has(id));
    this.#open = asks;
    this.#surface.count(asks.length, this.#stopped);
    if (this.#wanted()) {
      // What the person started themselves, in our own window, may take the keyboard; what an agent started may not.
      this.#surface.show(fresh.some(({ via }) => via === 'window') && this.#surface.attended());
    } else {
      this.#inSight = null;
      this.#surface.hide();
    }
    this.#announce(fresh.at(-1));
  }

  /** One notification at most: it goes when its ask is over, and makes room for a newer one. */
  #announce(newest: AskView | undefined): void {
    if (newest === undefined && this.#open.some(({ id }) => id === this.#notice?.id)) return;
    this.#notice?.takeBack();
    this.#notice = null;
    if (newest === undefined) return;
    const takeBack = this.#surface.notify(newest, this.#open.length, () => this.reach());
    this.#notice = { id: newest.id, takeBack };
  }

  #wanted(): boolean {
    return this.#open.length > 0 || this.#locked;
  }
}
