/** Tool definitions: seen, reviewed, pinned. */
import type { ToolAcceptance, ToolClass, ToolReview } from '../../contract/tool.ts';

export type { ArgumentCheck } from '../../core/gate/validate.ts';

/** One definition as the server sent it. */
export interface SeenTool {
  readonly name: string;
  /** The exact bytes of the tool object in the list. */
  readonly bytes: Uint8Array;
}

/** What the gate needs to know of a tool at call time. */
export interface ToolStanding {
  /** `unreviewed`: nothing of this server was ever reviewed, so the tool is exposed as `external` and asks. `new`, `changed`: held back. */
  readonly state: 'accepted' | 'unreviewed' | 'new' | 'changed' | 'unknown';
  readonly class: ToolClass;
  /** Of the definition seen on this connection. */
  readonly digest: string | null;
  /** Parsed pinned definition's input schema; undefined when it has none, null unless accepted. */
  readonly inputSchema: unknown;
  /** The server's description, quoted to a person last. */
  readonly description: string | null;
}

export interface ToolCatalog {
  /** Takes the complete list one connection saw; tells which are held back. Records what is new or changed. */
  saw(server: string, tools: readonly SeenTool[]): void;
  /** The standing of a tool whose definition on this connection has this digest (null: not listed). */
  standing(server: string, tool: string, digest: string | null): ToolStanding;
  /** Digest of a definition's bytes: SHA-256 over the RFC 8785 form. Null when the bytes cannot be read strictly. */
  digestOf(bytes: Uint8Array): string | null;
  review(server: string): ToolReview[];
  /** Pins. Throws `Refused('ASK_CHANGED')` when a definition is no longer the one that was shown. */
  accept(server: string, tools: readonly ToolAcceptance[], person: string, via: string): void;
  hold(server: string, tools: readonly string[]): void;
  onChange(listener: (server: string) => void): () => void;
}
