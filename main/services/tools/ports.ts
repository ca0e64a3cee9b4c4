/** What servers say of themselves: seen, reviewed, pinned. */
import type { DefinitionAcceptance, DefinitionKind, DefinitionReview, ToolClass } from '../../contract/tool.ts';

import type { Actor } from '../actor.ts';

export type { ArgumentCheck } from '../../core/gate/validate.ts';

/** One definition as the server sent it. */
export interface SentDefinition {
  readonly name: string;
  /** The exact bytes of its value. */
  readonly bytes: Uint8Array;
}

/** `unreviewed`: nothing of this server was ever reviewed, so it is passed on as it is. `new`, `changed`: held back. `unknown`: not said on this connection, or not to be read. */
export type Exposure = 'accepted' | 'unreviewed' | 'new' | 'changed' | 'unknown';

/** Whether a client may see what stands like this. */
export function isShown(exposure: Exposure): boolean {
  return exposure === 'accepted' || exposure === 'unreviewed';
}

/** What the gate needs to know of a tool at call time. */
export interface ToolStanding {
  /** An unreviewed tool is exposed as `external` and asks. */
  readonly state: Exposure;
  readonly class: ToolClass;
  /** Of the definition seen on this connection. */
  readonly digest: string | null;
  /** Parsed pinned definition's input schema; undefined when it has none, null unless accepted. */
  readonly inputSchema: unknown;
  /** The server's description, quoted to a person last. */
  readonly description: string | null;
}

export interface ToolCatalog {
  /** Takes all definitions of this kind that one connection saw; tells which are held back. Records what is new or changed. */
  saw(server: string, kind: DefinitionKind, definitions: readonly SentDefinition[]): void;
  /** How a definition stands that had this digest on this connection (null: not said, or not to be read). */
  exposure(server: string, kind: DefinitionKind, name: string, digest: string | null): Exposure;
  /** The standing of a tool whose definition on this connection has this digest (null: not listed). */
  standing(server: string, tool: string, digest: string | null): ToolStanding;
  /** The reviewed definition's JSON text; null when it is held back as a whole. */
  reviewed(server: string, kind: DefinitionKind, name: string): string | null;
  /** Digest of a definition's bytes: SHA-256 over the RFC 8785 form. Null when the bytes cannot be read strictly. */
  digestOf(kind: DefinitionKind, bytes: Uint8Array): string | null;
  /** The tools, or definitions of these kinds. */
  review(server: string, kinds?: readonly DefinitionKind[]): DefinitionReview[];
  /** Pins. Throws `Refused('ASK_CHANGED')` when a definition is no longer the one that was shown. */
  accept(server: string, definitions: readonly DefinitionAcceptance[], by: Actor): void;
  hold(server: string, kind: DefinitionKind, names: readonly string[], by: Actor): void;
  onChange(listener: (server: string) => void): () => void;
}
