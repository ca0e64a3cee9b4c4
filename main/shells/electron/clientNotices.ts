import { CLIENT_NAMES, type ClientEntry, type ClientFile } from '../../contract/client.ts';
import type { DaemonLink } from './forwardRouter.ts';

/** What a notification says of an entry that came into a client's file without its person: names, never arguments. */
export function clientNotice(file: Pick<ClientFile, 'client'>, entry: Pick<ClientEntry, 'name'>) {
  return {
    title: `${CLIENT_NAMES[file.client]} would start something unknown`,
    body: `${entry.name} was put into its configuration. Open Countersign to decide about it.`,
  };
}

/** Tells once of each entry that waits for a decision, those from before the start too. Ends with the link. */
export async function followClients(
  link: Pick<DaemonLink, 'daemon' | 'clients'>,
  tell: (notice: ReturnType<typeof clientNotice>) => void,
): Promise<void> {
  const told = new Set<string>();
  const look = async () => {
    const { files } = await link.clients.list();
    for (const file of files) {
      for (const entry of file.entries) {
        const key = `${entry.id} ${entry.appeared?.at}`;
        if (entry.appeared === null || told.has(key)) continue;
        told.add(key);
        tell(clientNotice(file, entry));
      }
    }
  };
  const changes = await link.daemon.changes();
  // While the vault is locked nobody knows what was there before.
  await look().catch(() => {});
  for await (const { topic } of changes) if (topic === 'clients') await look().catch(() => {});
}
