/** How a process ended, in words. */
import type { ProcessEnd } from './ports.ts';

/** A sentence without its full stop: what ended the server. */
export function exitReason({ code, signal, survivors }: ProcessEnd): string {
  const how =
    signal !== null
      ? `The server was ended by ${signal}`
      : code === 0
        ? 'The server ended by itself'
        : `The server ended with code ${code}`;
  return survivors === 0 ? how : `${how}; ${survivors} of its processes could not be killed`;
}
