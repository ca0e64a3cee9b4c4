import type { Payload, RecordDraft } from '../../contract/record.ts';
import type { Refusal } from '../../contract/refusal.ts';
import type { ToolClass } from '../../contract/tool.ts';
import type { AskDesk } from '../approvals/approvals.ts';
import type { Hash } from '../approvals/askHash.ts';
import type { DiskGuard } from '../audit/diskGuard.ts';
import type { HookTold } from '../audit/hookTold.ts';
import type { AuditWriter } from '../audit/ports.ts';
import type { Clock, NewId } from '../clock.ts';
import type { Grants } from '../grants/ports.ts';
import type { PolicyEngine } from '../policy/ports.ts';
import type { Switches } from '../switches/ports.ts';
import type { ToolCatalog } from '../tools/ports.ts';
import type { FindFacts } from './callFacts.ts';
import type { CountLines, PresentFiles, SessionLimits } from './ports.ts';

/** What every session of this daemon shares. */
export interface SessionDeps {
  readonly audit: AuditWriter;
  /** Whether there is room to record a call to its end. */
  readonly disk: Pick<DiskGuard, 'refuses'>;
  readonly asks: AskDesk;
  readonly policy: PolicyEngine;
  readonly grants: Grants;
  readonly switches: Switches;
  readonly catalog: ToolCatalog;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly hash: Hash;
  readonly limits: SessionLimits;
  /** The account whose daemon this is. */
  readonly person: string;
  /** Says what is wrong with arguments under a tool's input schema (JSON Schema 2020-12 or draft-07); null when they fit. */
  readonly checkArguments: (definitionDigest: string, schema: unknown, value: unknown) => string | null;
  readonly findFacts: FindFacts;
  readonly files: PresentFiles;
  readonly countLines: CountLines;
  /** What hooks in clients told of calls to come. */
  readonly told: Pick<HookTold, 'about'>;
  /** Whether anybody could approve a call of this class now; the refusal that says why not, otherwise. */
  readonly canAsk: (toolClass: ToolClass) => Refusal | null;
  /** Records what is refused anyway: a full disk must not turn a refusal into a crash. */
  readonly recordIfPossible: (draft: RecordDraft, payload?: Payload) => void;
  /** Keeps a fault of our own for the log. */
  readonly fault: (error: unknown) => void;
}
