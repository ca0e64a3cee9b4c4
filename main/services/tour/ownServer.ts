import type { ServerEntry } from '../../contract/server.ts';
import type { TourOperations } from './ports.ts';
import { TOUR_SERVER } from './story.ts';

/** Removes what an earlier tour added. False when a server of that name is a person's own: it stays. */
export async function clearTourServer({ servers }: TourOperations, entry: ServerEntry): Promise<boolean> {
  const known = (await servers.list()).find(({ name }) => name === TOUR_SERVER);
  if (known === undefined) return true;
  if (known.args[0] !== entry.args[0]) return false;
  await servers.remove({ server: TOUR_SERVER });
  return true;
}
