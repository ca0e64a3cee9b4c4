/**
 * Every operation there is, once: name → input, output, and what it means for protection.
 * Doors (window, approval window, control socket, browser) offer it through `main/shells/daemon/router`.
 */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { askAnswer, askView } from './ask.ts';
import { auditPage, auditQuery, auditRow, auditRowQuery, auditRows, auditRowsQuery, verifyReport } from './audit.ts';
import { clientsChoice, clientsView, protectPlan, unprotectSubject } from './client.ts';
import { exportBegun, exportPage, exportPageRequest, exportRequest } from './export.ts';
import { grant } from './grant.ts';
import { launchReview, lineReview, sharedChange } from './launch.ts';
import { promptMark } from './mark.ts';
import { digest, id, name } from './names.ts';
import { hookNews } from './origin.ts';
import { launchPackage, packageNews } from './package.ts';
import { passcodeChallenge } from './passcodeProof.ts';
import { proofState, strictness, systemAuthentication } from './personProof.ts';
import { policyExplanation, policyQuery, policyReplay, policyTrial } from './policy.ts';
import { consistencyProofText, ledgerIdentity, recordProof } from './proof.ts';
import { recordView } from './record.ts';
import { retentionLimits, retentionState } from './retention.ts';
import { sandboxEntry } from './sandbox.ts';
import { countsQuery, savedSearch, searchCounts, searchHelp } from './search.ts';
import { approver, blockText, device, deviceName, publicKey } from './second.ts';
import { secretCommand, secretInfo, secretScope, wantedSecret } from './secret.ts';
import { commandLine, logLine, serverEntry, serverSummary, sessionInfo } from './server.ts';
import { changeEvent, daemonStatus, doctorCheck, policyState } from './status.ts';
import { killed, switchScope } from './switch.ts';
import { DEFAULT_SENDING, syncSending, syncStatus } from './sync.ts';
import { definitionAcceptance, definitionKind, definitionReview } from './tool.ts';
import { tourState, tourStep } from './tour.ts';

/**
 * SECURITY.md rule 1. `reading` and `tightening` run for every authenticated peer; `loosening` becomes an ask
 * and answers with its id; `approving` runs only on the approval channel, or with the passcode in headless mode.
 * `proving` runs for every peer too, and does nothing but check a proof that it was handed: an enrolled person's
 * signature. A procedure that says nothing is loosening.
 */
export type OperationKind = 'reading' | 'tightening' | 'loosening' | 'approving' | 'proving';

const operation = oc.$meta<{ kind: OperationKind }>({ kind: 'loosening' });
const reading = operation.meta({ kind: 'reading' });
const tightening = operation.meta({ kind: 'tightening' });
const loosening = operation.meta({ kind: 'loosening' });
const approving = operation.meta({ kind: 'approving' });
const proving = operation.meta({ kind: 'proving' });

/** What a loosening operation answers: the question a person now sees. */
export const proposed = z.object({ ask: id });
const done = z.object({});
/** What a person says to a no. */
const note = z.string().max(2000).optional();
const byId = z.object({ id });
const byServer = z.object({ server: name });

export const api = {
  daemon: {
    status: reading.output(daemonStatus),
    doctor: reading.output(z.array(doctorCheck)),
    /** While there are no keys: looks for the keychain again, which a person may have unlocked by now. */
    lookForKeys: tightening.output(done),
    /** Ends every session and the daemon itself. Governed calls are refused afterwards, so it only tightens. */
    stop: tightening.output(done),
    changes: reading.output(eventIterator(changeEvent)),
  },
  servers: {
    list: reading.output(z.array(serverSummary)),
    sessions: reading.output(z.array(sessionInfo)),
    /** Writes an entry that cannot start before its consent. Refuses a name that is taken. */
    add: tightening.input(z.object({ name, entry: serverEntry })).output(done),
    remove: tightening.input(byServer).output(done),
    /** `upgrade`: another pinned version that waits; `as-written`: the line without a store. */
    review: reading
      .input(byServer.extend({ which: z.enum(['usual', 'upgrade', 'as-written']).default('usual') }))
      .output(launchReview),
    /** What a command line would run and what to know about it; nothing is added, looked up or started. */
    reviewLine: reading.input(commandLine).output(lineReview),
    /** Asks a person to agree to exactly the launch of this digest. */
    consent: loosening.input(z.object({ server: name, digest })).output(proposed),
    /** Asks a person to agree to these launches at once. Refuses any with a severe finding. */
    consentAll: loosening
      .input(
        z.object({
          servers: z
            .array(z.object({ server: name, digest }))
            .min(1)
            .max(50),
        }),
      )
      .output(proposed),
    /** Servers that wait for nothing but the same replaced program: what `consentAll` may ask about once. */
    sharedChanges: reading.output(z.array(sharedChange)),
    withdraw: tightening.input(byServer).output(done),
    /** Writes what the server may reach into its entry; as any change of its launch it needs a new consent to count. */
    sandbox: tightening.input(z.object({ server: name, sandbox: sandboxEntry })).output(done),
    /** Starts the instance Countersign itself uses to list the tools. Needs consent like every start. */
    start: tightening.input(byServer).output(done),
    stop: tightening.input(byServer).output(done),
    restart: tightening.input(byServer).output(done),
    disable: tightening.input(byServer).output(done),
    enable: loosening.input(byServer).output(proposed),
    logs: reading
      .input(
        z.object({
          server: name,
          after: z.int().default(0),
          words: z.string().optional(),
          limit: z.int().max(2000).default(500),
        }),
      )
      .output(z.array(logLine)),
  },
  packages: {
    /** What its registry says of a package. Ends with the truth; nothing is kept for any server. */
    look: reading.input(launchPackage).output(eventIterator(packageNews)),
    /**
     * Looks a server's package up and pins what would run: reviews show it from then on. `scripts` names packages whose
     * install scripts are to run. Nothing is installed or started before a person agrees.
     */
    prepare: tightening
      .input(byServer.extend({ scripts: z.array(z.string()).max(100).optional(), fresh: z.boolean().default(false) }))
      .output(eventIterator(packageNews)),
  },
  tools: {
    /** The tools, or what else the server says of itself as well. */
    list: reading
      .input(byServer.extend({ kinds: z.array(definitionKind).default(['tool']) }))
      .output(z.array(definitionReview)),
    /** Asks a person to accept these definitions, tools with these classes. */
    accept: loosening.input(z.object({ server: name, tools: z.array(definitionAcceptance).min(1) })).output(proposed),
    /** Holds definitions back again. */
    hold: tightening
      .input(byServer.extend({ kind: definitionKind.default('tool'), tools: z.array(z.string()).min(1) }))
      .output(done),
  },
  clients: {
    /** What the AI clients of this account launch now. Looks again. */
    list: reading.output(clientsView),
    plan: reading.input(clientsChoice).output(protectPlan),
    /** Adds the servers of a plan to `servers.json`; none can start before its consent. */
    import: tightening.input(clientsChoice.extend({ digest })).output(z.object({ servers: z.array(name) })),
    /** Asks a person to put these entries behind Countersign, and the secrets in them into the keychain. */
    protect: loosening.input(clientsChoice.extend({ digest })).output(proposed),
    planUndo: reading
      .input(z.object({ entries: z.array(digest).min(1) }))
      .output(unprotectSubject.pick({ changes: true, secrets: true, gone: true }).extend({ digest })),
    /** Asks a person to let clients start these servers around Countersign again. */
    undo: loosening.input(z.object({ entries: z.array(digest).min(1), digest })).output(proposed),
    /** Rewrites an entry so that it starts nothing, and keeps what it was. */
    quarantine: tightening.input(z.object({ entry: digest })).output(done),
    /** Asks a person to leave an entry that came without them as it is. */
    leave: loosening.input(z.object({ entry: digest })).output(proposed),
    /** Asks a person whether the client configuration in a project's folder may be read. */
    trust: loosening.input(z.object({ folder: z.string().min(1) })).output(proposed),
    forget: tightening.input(z.object({ folder: z.string().min(1) })).output(done),
  },
  asks: {
    list: reading.input(z.object({ open: z.boolean().default(true) })).output(z.array(askView)),
    get: reading.input(byId).output(askView),
    /** Resolves once the ask is no longer open. */
    wait: reading.input(byId).output(askView),
    deny: tightening.input(z.object({ id, note })).output(askView),
    /** Asks a person once more about a call that nobody answered in time: a yes lets its retry through. */
    again: loosening.input(byId).output(proposed),
    /** Denies every open call of one session. */
    denyAll: tightening.input(z.object({ session: id, note })).output(z.object({ denied: z.int() })),
    answer: approving.input(askAnswer).output(askView),
    /** What a passcode's proof for this ask has to answer. */
    challenge: approving.input(byId).output(passcodeChallenge),
    /** The approval window says that an ask came into sight: its dead time starts here. */
    shown: approving.input(byId).output(done),
  },
  approvers: {
    /** This device, as another one enrols it. */
    self: reading.output(device),
    /** Other people's devices whose countersignature counts here. */
    list: reading.output(z.array(approver)),
    add: loosening.input(z.object({ name: deviceName, key: publicKey })).output(proposed),
    remove: tightening.input(z.object({ fingerprint: z.string() })).output(done),
  },
  second: {
    /** The request to hand on for an ask that waits for a second person. */
    request: reading.input(z.object({ ask: id })).output(z.object({ text: z.string() })),
    /** Takes the second person's answer back: enrolled, signed, unspent and in time, or refused. */
    give: proving.input(z.object({ answer: blockText })).output(askView),
    /** Asks the person here about a call that waits on somebody else's device. */
    consider: loosening.input(z.object({ request: blockText })).output(proposed),
    /** The answer to hand back, once the person here said yes. */
    answer: reading.input(z.object({ ask: id })).output(z.object({ text: z.string() })),
  },
  grants: {
    /** Those in force, newest first. A grant is given with an answer, nowhere else. */
    list: reading.output(z.array(grant)),
    revoke: tightening.input(byId).output(done),
  },
  switches: {
    /** What is switched off now, servers aside. */
    list: reading.output(z.array(killed)),
    /** Refuses calls from now on and cancels those in flight. */
    kill: tightening.input(z.object({ scope: switchScope })).output(done),
    revive: loosening.input(z.object({ scope: switchScope })).output(proposed),
  },
  secrets: {
    list: reading.output(z.array(secretInfo)),
    /** Those that servers name and nobody has set. */
    wanted: reading.output(z.array(wantedSecret)),
    /** The value comes along only from a terminal; otherwise it is typed in the approval window. */
    set: loosening
      .input(z.object({ name, value: z.string().min(1).max(65536).optional(), scope: secretScope.optional() }))
      .output(proposed),
    /** Asks a person to let a command make it, each time a server starts and the last one has ended. */
    helper: loosening.input(z.object({ name, command: secretCommand, scope: secretScope.optional() })).output(proposed),
    /** Says anew who gets it; its value stays. */
    keepFor: loosening.input(z.object({ name, scope: secretScope })).output(proposed),
    /** Forgets it, and stops what runs with it at once. */
    revoke: tightening.input(z.object({ name })).output(done),
  },
  policy: {
    state: reading.output(policyState),
    /** Reads the files as they are on disk and says what is wrong with them. */
    check: reading.output(policyState),
    accept: loosening.input(z.object({ digest: z.string() })).output(proposed),
    /** Why a call would be allowed, asked or denied. Nothing runs. */
    explain: reading.input(policyQuery).output(policyExplanation),
    /** Judges the newest recorded calls again, by the trial or else by what is proposed: which would differ. */
    replay: reading
      .input(z.object({ trial: policyTrial.optional(), limit: z.int().min(1).max(10_000).default(1000) }))
      .output(policyReplay),
  },
  passcode: {
    /** Asks for a new passcode, typed in the approval window or on the daemon's terminal. */
    set: loosening.output(proposed),
    /** Opens the sealed vault, or makes it when there is none yet. The approval channel and the daemon's terminal only. */
    unlock: approving.input(z.object({ passcode: z.string() })).output(done),
  },
  proof: {
    state: reading.output(proofState),
    /** Wants a proof for more. Refuses what would be less. */
    raise: tightening.input(z.object({ to: strictness })).output(done),
    lower: loosening.input(z.object({ to: strictness })).output(proposed),
    /** This installation's mark, for the approval window alone to draw. */
    mark: approving.output(promptMark),
    /** The app says which authentication of the system it can ask for. Its approval door only, and no page of it. */
    offer: approving.input(z.object({ system: systemAuthentication.nullable() })).output(done),
  },
  audit: {
    search: reading.input(auditQuery).output(auditPage),
    /** Rows of what a search finds, from anywhere in it. */
    rows: reading.input(auditRowsQuery).output(auditRows),
    /** In which row a time or a record is. */
    rowOf: reading.input(auditRowQuery).output(auditRow),
    show: reading.input(byId).output(z.array(recordView)),
    /** How many records fit over time; null when none does. */
    counts: reading.input(countsQuery).output(searchCounts.nullable()),
    /** What is wrong with a search text, and what could follow at the cursor. */
    help: reading.input(z.object({ text: z.string().max(2000), cursor: z.int().nonnegative() })).output(searchHelp),
    /** What a hook in a client reveals of calls to come: it is recorded, and decides nothing. */
    tell: tightening.input(hookNews).output(done),
    /** Searches kept under a name, by name. */
    searches: reading.output(z.array(savedSearch)),
    keepSearch: tightening.input(savedSearch).output(done),
    dropSearch: tightening.input(savedSearch.pick({ name: true })).output(done),
    verify: reading.output(verifyReport),
    /** How long payloads are kept, and how many there are. */
    retention: reading.output(retentionState),
    /** Asks a person to keep payloads so long and no longer; what they drop is gone. */
    setRetention: loosening.input(retentionLimits).output(proposed),
    /** Begins to take records out, which is itself on record: who, what, by which way. */
    export: tightening.input(exportRequest).output(exportBegun),
    /** A page of what was begun by the same way: the oldest first, each record with its proof. */
    exportPage: reading.input(exportPageRequest).output(exportPage),
    /** The proof that a record is in the ledger, for anyone with the device's public key. */
    prove: reading.input(byId).output(recordProof),
    /** The proof that the ledger goes on from an earlier head. */
    proveSince: reading.input(z.object({ head: z.string().max(10_000) })).output(consistencyProofText),
    /** What others note down to prove the ledger later. */
    identity: reading.output(ledgerIdentity),
  },
  sync: {
    status: reading.output(syncStatus),
    /** Asks a person whether this ledger may go to a collector, and what of it. */
    enrol: loosening
      .input(z.object({ url: z.url(), code: z.string().max(200), sending: syncSending.default(DEFAULT_SENDING) }))
      .output(proposed),
    /** Nothing is sent until it is resumed; nothing is lost. */
    pause: loosening.output(proposed),
    /** Goes on with what a person has agreed to. */
    resume: tightening.output(done),
    leave: loosening.output(proposed),
    /** Signs requests with a new key. */
    rotate: tightening.output(done),
  },
  tour: {
    state: reading.output(tourState),
    /** Runs one step of the story; asks that it raises are answered by the person. */
    run: tightening.input(z.object({ step: tourStep })).output(tourState),
    reset: tightening.output(tourState),
  },
};
export type Api = typeof api;
