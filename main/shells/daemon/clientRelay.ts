import type { Folders } from '../../adapters/system/paths.ts';
import { Refused } from '../../contract/refusal.ts';
import type { RelayCommand } from '../../core/clients/relay.ts';
import type { Clients } from '../../services/clients/clients.ts';
import type { LaunchDesk } from '../../services/launch/ports.ts';
import type { ProductFiles } from './productFiles.ts';

/** What clients are told to start: this very Node and our launcher, by their whole paths. */
export function relayCommand({ launcher, packaged }: ProductFiles, { home }: Folders): RelayCommand {
  const elsewhere = !packaged && process.env.COUNTERSIGN_HOME !== undefined;
  return { command: process.execPath, args: [launcher], env: elsewhere ? { COUNTERSIGN_HOME: home } : {} };
}

/** A relay that a quarantined entry starts is told so, whatever server has its name. */
export function quarantineFirst(launch: LaunchDesk, clients: Pick<Clients, 'quarantined'>): LaunchDesk {
  const refuseQuarantined = (server: string) => {
    const entry = clients.quarantined(server);
    if (entry !== null) throw new Refused('SERVER_QUARANTINED', entry);
  };
  return {
    ...launch,
    checkStartable(server) {
      refuseQuarantined(server);
      launch.checkStartable(server);
    },
    plan(server) {
      refuseQuarantined(server);
      return launch.plan(server);
    },
  };
}
