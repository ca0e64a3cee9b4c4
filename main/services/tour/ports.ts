/** What the story needs: the same operations that everyone else uses, a real client, and a ledger to break a copy of. */
import type { AskView } from '../../contract/ask.ts';
import type { AuditPage, AuditQuery, VerifyReport } from '../../contract/audit.ts';
import type { LaunchReview } from '../../contract/launch.ts';
import type { ServerEntry } from '../../contract/server.ts';
import type { DefinitionAcceptance, DefinitionKind, DefinitionReview } from '../../contract/tool.ts';

type ByServer = { server: string };
type Proposed = Promise<{ ask: string }>;

/** The contract's own operations (`main/contract/api.ts`), so that any client of the contract fits. */
export interface TourOperations {
  readonly servers: {
    add(input: { name: string; entry: ServerEntry }): Promise<unknown>;
    remove(input: ByServer): Promise<unknown>;
    review(input: ByServer): Promise<LaunchReview>;
    consent(input: ByServer & { digest: string }): Proposed;
    start(input: ByServer): Promise<unknown>;
    list(): Promise<readonly { name: string; args: readonly string[] }[]>;
  };
  readonly tools: {
    list(input: ByServer & { kinds: DefinitionKind[] }): Promise<DefinitionReview[]>;
    accept(input: ByServer & { tools: DefinitionAcceptance[] }): Proposed;
  };
  readonly asks: { wait(input: { id: string }): Promise<AskView> };
  readonly audit: {
    search(input: AuditQuery): Promise<AuditPage>;
    verify(): Promise<VerifyReport>;
  };
}

/** What a client got for a call: the text of the result, and whether it is an error. */
export interface CallOutcome {
  readonly text: string;
  readonly isError: boolean;
}

/** A real MCP client that launches our relay, as an AI application does. */
export interface TourClient {
  /** Rejects when the connection is refused or breaks. */
  call(tool: string, args: Readonly<Record<string, unknown>>): Promise<CallOutcome>;
  close(): Promise<void>;
}

/** The folder the story plays in. */
export interface TourFolder {
  readonly path: string;
  /** The text of a file in it; null when there is none. */
  read(name: string): Promise<string | null>;
  remove(): Promise<void>;
}

/** What was changed in the copy, and what verification says of it. */
export interface TamperTrial {
  /** Such as `record 12, "note.txt" became "nota.txt"`. */
  readonly changed: string;
  readonly report: VerifyReport;
}

export interface TourDeps {
  readonly operations: TourOperations;
  /** Launches a client for the server of this name. */
  readonly openClient: (server: string) => Promise<TourClient>;
  /** Makes a fresh temporary folder with `welcome.txt` in it. */
  readonly makeFolder: () => Promise<TourFolder>;
  /** How the real file-system server is started for a folder: `node <its index.js> <folder>`. */
  readonly serverFor: (folder: string) => ServerEntry;
  /** Copies the ledger, changes one byte of the record in the copy, verifies the copy and removes it. */
  readonly tamper: (record: string) => Promise<TamperTrial>;
  /** Called whenever the state changes. */
  readonly changed: () => void;
}
