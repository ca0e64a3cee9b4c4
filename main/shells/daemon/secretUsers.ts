import { type Refusal, refusal } from '../../contract/refusal.ts';
import type { Core } from './core.ts';
import { endServer } from './endServer.ts';

async function endUsers(core: Core, servers: readonly string[], why: Refusal): Promise<void> {
  await Promise.all(servers.map((server) => endServer(core, server, why, why.message)));
}

/**
 * Another value is there, or some may not have it any more: those end, a start that has the old one included, and what
 * Countersign itself had started starts again.
 */
export async function restartUsers(core: Core, name: string, ends: (server: string) => boolean): Promise<void> {
  const ending = [...core.secrets.holders(name)].filter(ends);
  const looked = ending.filter((server) => core.inspections.runs(server));
  await endUsers(core, ending, refusal('SECRET_ROTATED', name));
  // One that does not start says why where it is listed.
  await Promise.allSettled(looked.map((server) => core.inspections.start(server)));
}

export async function stopUsers(core: Core, name: string): Promise<void> {
  await endUsers(core, [...core.secrets.holders(name)], refusal('SECRET_REVOKED', name));
}
