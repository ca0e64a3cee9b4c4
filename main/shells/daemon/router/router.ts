import type { Daemon } from '../daemon.ts';
import { approversRouter } from './approvers.ts';
import { asksRouter } from './asks.ts';
import { auditRouter } from './audit.ts';
import { guarded } from './base.ts';
import { clientsRouter } from './clients.ts';
import { daemonRouter } from './daemon.ts';
import { grantsRouter } from './grants.ts';
import { packagesRouter } from './packages.ts';
import { passcodeRouter } from './passcode.ts';
import { policyRouter } from './policy.ts';
import { proofRouter } from './proof.ts';
import { secondRouter } from './second.ts';
import { secretsRouter } from './secrets.ts';
import { serversRouter } from './servers.ts';
import { switchesRouter } from './switches.ts';
import { syncRouter } from './sync.ts';
import { toolsRouter } from './tools.ts';
import { tourRouter } from './tour.ts';

/** The whole contract, behind the guard. */
export function createRouter(daemon: Daemon) {
  const os = guarded(daemon);
  return os.router({
    daemon: daemonRouter(os, daemon),
    servers: serversRouter(os, daemon),
    packages: packagesRouter(os, daemon),
    clients: clientsRouter(os, daemon),
    tools: toolsRouter(os, daemon),
    asks: asksRouter(os, daemon),
    approvers: approversRouter(os, daemon),
    second: secondRouter(os, daemon),
    grants: grantsRouter(os, daemon),
    switches: switchesRouter(os, daemon),
    secrets: secretsRouter(os, daemon),
    policy: policyRouter(os, daemon),
    passcode: passcodeRouter(os, daemon),
    proof: proofRouter(os, daemon),
    audit: auditRouter(os, daemon),
    sync: syncRouter(os, daemon),
    tour: tourRouter(os, daemon),
  });
}
export type Router = ReturnType<typeof createRouter>;
