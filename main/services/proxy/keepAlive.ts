import { progressLine } from '../../core/mcp/messages.ts';
import type { Clock } from '../clock.ts';

/**
 * Keeps a client patient while a person decides: progress that rises from -1 towards 0, so that the server's
 * own first value, 0 or more, is still larger (PROTOCOL.md rule 7; MCP: progress must increase).
 */
export function keepAlive(
  clock: Clock,
  everyMs: number,
  tokenJson: string,
  send: (line: Uint8Array) => void,
): () => void {
  let round = 0;
  let cancel = () => {};
  const tick = () => {
    round += 1;
    send(progressLine(tokenJson, -1 / round, 'Countersign is waiting for a person to decide.'));
    cancel = clock.after(everyMs, tick);
  };
  tick();
  return () => cancel();
}
