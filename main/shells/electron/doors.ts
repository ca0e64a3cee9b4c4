import { Refused } from '../../contract/refusal.ts';
import type { DaemonLink } from './forwardRouter.ts';

/** The links to the daemon that runs now, one for each of its doors. */
export interface DoorLinks {
  readonly app: DaemonLink;
  readonly approval: DaemonLink;
}

/** Holds the links across restarts of the daemon. The accessors throw `Refused('DAEMON_ABSENT')` while there is none. */
export class Doors {
  #links: DoorLinks | null = null;
  #opening = Promise.withResolvers<void>();

  readonly app = (): DaemonLink => this.#now().app;
  readonly approval = (): DaemonLink => this.#now().approval;
  /** Resolves once a daemon answers. */
  readonly ready = (): Promise<void> => this.#opening.promise;

  open(links: DoorLinks): void {
    this.#links = links;
    this.#opening.resolve();
  }

  shut(): void {
    if (this.#links === null) return;
    this.#links = null;
    this.#opening = Promise.withResolvers<void>();
  }

  #now(): DoorLinks {
    if (this.#links === null) throw new Refused('DAEMON_ABSENT');
    return this.#links;
  }
}
