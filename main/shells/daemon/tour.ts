import { createRouterClient } from '@orpc/server';
import { filesystemServer } from '../../adapters/tour/filesystemServer.ts';
import { makeTourFolder } from '../../adapters/tour/folder.ts';
import { tamperTrial } from '../../adapters/tour/tamper.ts';
import { WELCOME_FILE } from '../../services/tour/story.ts';
import { createTour, type Tour } from '../../services/tour/tour.ts';
import type { Changes } from './changes.ts';
import type { Ledger } from './ledger.ts';
import type { ProductFiles } from './productFiles.ts';
import { door } from './router/base.ts';
import type { Router } from './router/router.ts';

export interface TourParts {
  readonly product: ProductFiles;
  readonly ledger: Ledger;
  readonly changes: Changes;
  readonly router: Router;
}

/** The guided story over the contract's own operations, with a client that starts our relay as any client does. */
export function composeTour({ product, ledger, changes, router }: TourParts): Tour {
  return createTour({
    operations: createRouterClient(router, { context: door('app') }),
    async openClient(server) {
      // The SDK takes megabytes that only the tour needs.
      const { openTourClient } = await import('../../adapters/tour/client.ts');
      const args = [product.launcher, 'connect', server];
      return openTourClient({ command: process.execPath, args, env: ownEnvironment() });
    },
    makeFolder: () => makeTourFolder(WELCOME_FILE, 'Welcome to Countersign.\n'),
    serverFor: filesystemServer,
    async tamper(record) {
      await ledger.settle();
      return tamperTrial(ledger.file, record, ledger.verifyCopy);
    },
    changed: () => changes.tell('tour'),
  });
}

/** The relay finds this daemon by the same environment. */
function ownEnvironment(): Record<string, string> {
  const { NODE_OPTIONS, ...rest } = process.env;
  return Object.fromEntries(Object.entries(rest).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
