import type { AskSubject } from '../../contract/ask.ts';
import type { PromptMark } from '../../contract/mark.ts';
import type { Actor } from '../../services/actor.ts';
import type { AskDesk } from '../../services/approvals/approvals.ts';
import type { ApproverBook } from '../../services/approvals/approvers.ts';
import type { SecondPerson } from '../../services/approvals/secondPerson.ts';
import type { ProofStrictness } from '../../services/approvals/strictness.ts';
import type { Exporting } from '../../services/audit/exporting.ts';
import type { HookTold } from '../../services/audit/hookTold.ts';
import type { AuditReader, AuditWriter, SealedRows } from '../../services/audit/ports.ts';
import type { Retention } from '../../services/audit/retention.ts';
import type { SavedSearches } from '../../services/audit/savedSearches.ts';
import type { Clients } from '../../services/clients/clients.ts';
import type { GrantBook } from '../../services/grants/grants.ts';
import type { LaunchDesk, ServersConfig } from '../../services/launch/ports.ts';
import type { Packages } from '../../services/packages/packages.ts';
import type { PolicyInsight } from '../../services/policy/insight.ts';
import type { PolicyEngine } from '../../services/policy/ports.ts';
import type { Inspections } from '../../services/proxy/inspections.ts';
import type { Sessions } from '../../services/proxy/sessions.ts';
import type { Supervisor } from '../../services/supervisor/ports.ts';
import type { KillSwitches } from '../../services/switches/switches.ts';
import type { Sync } from '../../services/sync/sync.ts';
import type { ToolCatalog } from '../../services/tools/ports.ts';
import type { Tour } from '../../services/tour/tour.ts';
import type { DeviceKeys, HelperDesk, Passcode, Secrets } from '../../services/vault/ports.ts';

/** Everything that needs the device's keys: it exists once a keychain answers or the vault is open. */
export interface Core {
  readonly keys: DeviceKeys;
  readonly secrets: Secrets;
  readonly helpers: HelperDesk;
  readonly passcode: Passcode;
  readonly audit: AuditWriter;
  readonly reader: AuditReader;
  readonly retention: Retention;
  readonly exporting: Exporting;
  readonly searches: SavedSearches;
  readonly told: HookTold;
  readonly sync: Sync;
  readonly rows: SealedRows;
  readonly config: ServersConfig;
  readonly launch: LaunchDesk;
  readonly packages: Packages;
  readonly supervisor: Supervisor;
  /** Whether servers are kept to what their launch says they reach. */
  readonly confines: boolean;
  /** How their process trees are held: `Processes.isolation`. */
  readonly isolation: string;
  readonly catalog: ToolCatalog;
  readonly policy: PolicyEngine;
  readonly insight: PolicyInsight;
  readonly asks: AskDesk;
  readonly approvers: ApproverBook;
  readonly second: SecondPerson;
  readonly strictness: ProofStrictness;
  readonly mark: PromptMark;
  /** Why a yes to this needs a proof of the person now; null when it needs none. */
  readonly proofNeeded: (subject: AskSubject) => string | null;
  /** What can drive the screen now, in words (SECURITY.md rule 23). */
  readonly screen: () => string | null;
  readonly grants: GrantBook;
  readonly switches: KillSwitches;
  readonly sessions: Sessions;
  readonly inspections: Inspections;
  readonly tour: Tour;
  readonly clients: Clients;
  /** Ends sessions and servers, then lets go of everything. */
  close(reason: string, by?: Actor): Promise<void>;
}
