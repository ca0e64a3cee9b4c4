import type { OperationKind } from '../../contract/api.ts';

/** Whether a window is offered an operation, by its path such as `asks.answer` and its kind. */
export type Offered = (path: string, kind: OperationKind) => boolean;

/** The main window: everything but approving (SECURITY.md rule 2). */
export const offeredToMain: Offered = (_path, kind) => kind !== 'approving';

const PROMPT = new Set([
  'daemon.status',
  'daemon.changes',
  'asks.list',
  'asks.get',
  'asks.wait',
  'asks.shown',
  'asks.answer',
  'asks.challenge',
  'proof.mark',
  'asks.deny',
  'asks.denyAll',
  'passcode.unlock',
  'servers.stop',
  'servers.disable',
]);

/** The approval window: what a prompt needs, and nothing else. */
export const offeredToApproval: Offered = (path) => PROMPT.has(path);
