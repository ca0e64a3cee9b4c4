import { homedir } from 'node:os';
import { parseConfig } from '../../adapters/configText/parse.ts';
import { parseVariables } from '../../adapters/configText/variables.ts';
import { clientFiles } from '../../adapters/files/clientFiles.ts';
import type { Folders } from '../../adapters/system/paths.ts';
import type { Masker } from '../../core/egress/masker.ts';
import { analyse } from '../../core/launch/analyse.ts';
import { Clients } from '../../services/clients/clients.ts';
import type { Clock } from '../../services/clock.ts';
import type { DeviceKeys } from '../../services/vault/ports.ts';
import type { Changes } from './changes.ts';
import { relayCommand } from './clientRelay.ts';
import { sha256 } from './digests.ts';
import type { LaunchPart } from './launch.ts';
import type { Ledger } from './ledger.ts';
import type { ProductFiles } from './productFiles.ts';

export interface ComposeClientsParts {
  readonly folders: Folders;
  readonly product: ProductFiles;
  readonly clock: Clock;
  readonly keys: DeviceKeys;
  readonly masker: () => Masker;
  readonly ledger: Ledger;
  readonly launching: Pick<LaunchPart, 'config' | 'secrets'>;
  readonly changes: Changes;
  readonly fault: (error: unknown) => void;
}

/** The AI clients of this account. They are not looked at yet. */
export function composeClients({
  folders,
  product,
  clock,
  keys,
  masker,
  ledger: { sealed: rows, writer: audit },
  launching: { config, secrets },
  changes,
  fault,
}: ComposeClientsParts): Clients {
  return new Clients({
    files: clientFiles,
    parse: parseConfig,
    parseVariables,
    surroundings: { platform: process.platform, home: homedir(), env: process.env },
    relay: relayCommand(product, folders),
    config,
    secrets,
    rows,
    audit,
    keys,
    clock,
    masker,
    findings: (command, args, env) => {
      const variables = Object.entries(env).map(([name, shown]) => ({ name, source: 'literal' as const, shown }));
      return [...analyse({ command, args, variables }, masker()).findings];
    },
    sha256,
    changed: () => {
      for (const topic of ['clients', 'status'] as const) changes.tell(topic);
    },
    fault,
  });
}
