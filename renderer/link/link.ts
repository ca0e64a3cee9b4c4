/** What the pages know of the daemon: one typed client and whether it answers. */
import type { ContractRouterClient } from '@orpc/contract';
import type { Api } from '../../main/contract/api.ts';

export type Link = ContractRouterClient<Api>;

/** `window`: the app's own window. `browser`: a page of the web shell. `memory`: the gallery. */
export type LinkKind = 'window' | 'browser' | 'memory';

/** `ended` means that trying again is pointless: a new one-time link is needed. */
export type LinkState = 'connecting' | 'open' | 'lost' | 'ended';

/** A link that reconnects by itself; calls made while it is lost wait for the next connection. */
export interface LiveLink {
  readonly kind: LinkKind;
  readonly client: Link;
  state(): LinkState;
  onState(listener: (state: LinkState) => void): () => void;
  /** Tries at once instead of waiting for the next attempt. */
  retry(): void;
  /** Browser only: a fresh address of the approval page, good for one opening. Rejects where nothing can be approved. */
  approvalPage?(): Promise<string>;
}
