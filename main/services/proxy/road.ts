import type { ClientInfo } from '../../contract/server.ts';
import type { Flight } from './inFlight.ts';
import type { Lists } from './lists.ts';
import type { SessionDeps } from './sessionDeps.ts';

/** What a governed request needs of its session. */
export interface CallRoad {
  readonly deps: SessionDeps;
  readonly session: string;
  readonly server: string;
  readonly launchDigest: string;
  readonly lists: Lists;
  client(): ClientInfo;
  /** What relative paths may be taken from: the server's working directory first. */
  folders(): readonly string[];
  alive(): boolean;
  /** Sends the line to the server as it came. */
  forward(flight: Flight, line: Uint8Array): void;
  /** Answers the request and takes it out of flight; ignored when it is no longer there. */
  answer(flight: Flight, line: Uint8Array): void;
  toClient(line: Uint8Array): void;
}
