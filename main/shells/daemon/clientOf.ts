import { programOf } from '../../adapters/system/program.ts';
import type { ClientInfo } from '../../contract/server.ts';

/**
 * Who started the relay of this process id, as the operating system reports it: the relay's parent's program
 * (SECURITY.md rule 6: it is shown and may narrow, it never widens).
 */
export async function clientOf(pid: number): Promise<ClientInfo> {
  const relay = await programOf(pid);
  const parent = relay && (await programOf(relay.parent));
  return { name: null, version: null, pid, program: parent?.program ?? null };
}
