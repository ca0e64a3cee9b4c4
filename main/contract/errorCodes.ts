/**
 * The closed list of what may go wrong. Every refusal and error that leaves a process is one of these:
 * a code, a sentence that says what happened, and a sentence that says what to do.
 * JSON-RPC codes of our own sit outside the reserved range -32768..-32000 (JSON-RPC 2.0, section 5.1).
 * Nothing is imported here: the relay carries this list and must start in milliseconds.
 */

interface ErrorEntry {
  /** JSON-RPC error code, unique. */
  readonly rpc: number;
  readonly message: string;
  readonly fix: string;
}

export const ERRORS = {
  DAEMON_ABSENT: {
    rpc: -31001,
    message: 'Countersign is not running.',
    fix: 'Open the Countersign app, or run "countersign daemon".',
  },
  HANDSHAKE_FAILED: {
    rpc: -31002,
    message: 'The program on the Countersign socket could not prove that it is this device’s Countersign.',
    fix: 'Run "countersign doctor". Do not answer prompts until it is clean.',
  },
  ALREADY_RUNNING: {
    rpc: -31003,
    message: 'Another Countersign daemon already serves this folder.',
    fix: 'Use the one that runs, or stop it with "countersign daemon stop".',
  },
  SERVER_UNKNOWN: {
    rpc: -31010,
    message: 'No server of this name is configured.',
    fix: 'Run "countersign list" to see the names, or "countersign add" to add it.',
  },
  CONSENT_NEEDED: {
    rpc: -31011,
    message: 'Nobody has agreed yet to what this server runs.',
    fix: 'Review it in the app, or run "countersign review" and then "countersign consent".',
  },
  CONSENT_CHANGED: {
    rpc: -31012,
    message: 'What this server would run has changed since it was agreed to.',
    fix: 'Look at the difference in the app, or run "countersign review" and then "countersign consent".',
  },
  SERVER_DISABLED: {
    rpc: -31013,
    message: 'This server is switched off.',
    fix: 'Switch it on in the app, or run "countersign enable".',
  },
  SERVER_QUARANTINED: {
    rpc: -31014,
    message: 'This server is quarantined.',
    fix: 'Read the reason in the app and review the server again.',
  },
  SERVER_FAILED: {
    rpc: -31015,
    message: 'The server does not stay up.',
    fix: 'Read its log with "countersign logs", then run "countersign restart".',
  },
  SERVER_EXITED: {
    rpc: -31016,
    message: 'The server ended before it answered.',
    fix: 'Read its log with "countersign logs".',
  },
  SERVER_SILENT: {
    rpc: -31017,
    message: 'The server did not answer in time.',
    fix: 'Read its log with "countersign logs"; the effect of the call is unknown.',
  },
  LAUNCH_UNRESOLVED: {
    rpc: -31018,
    message: 'The program to run could not be found.',
    fix: 'Check the command and the PATH; the detail says where was looked.',
  },
  PACKAGE_UNAVAILABLE: {
    rpc: -31025,
    message: 'The package could not be had from its registry.',
    fix: 'Check the network and the name; the detail says what was answered. What is installed already still runs.',
  },
  PACKAGE_MISMATCH: {
    rpc: -31026,
    message: 'What the registry sent is not what was reviewed, so it is not installed.',
    fix: 'Do not run it. Look the package up again, and tell its maintainers what the detail says.',
  },
  SPAWN_FAILED: {
    rpc: -31019,
    message: 'The operating system did not start the program.',
    fix: 'Check that the file may be executed and that the working directory exists.',
  },
  SECRET_MISSING: {
    rpc: -31020,
    message: 'A secret this server refers to is not stored.',
    fix: 'Set it in the app, or run "countersign secrets set NAME".',
  },
  SECRET_NOT_BOUND: {
    rpc: -31120,
    message: 'A secret this server refers to is kept for other servers.',
    fix: 'If this server should get it too, say so under Secrets; otherwise give it a secret of its own.',
  },
  SECRET_LOST: {
    rpc: -31121,
    message: 'The record of who may get a secret was altered or removed, so nobody gets it.',
    fix: 'Look at the alarms in the audit, then set the secret again.',
  },
  SECRET_HELPER_CHANGED: {
    rpc: -31122,
    message: 'The command that makes a secret is no longer the one that was agreed to.',
    fix: 'Look at what changed, then agree to it again: "countersign secrets helper NAME -- COMMAND…".',
  },
  SECRET_HELPER_FAILED: {
    rpc: -31123,
    message: 'The command that makes a secret did not give one.',
    fix: 'Run the command yourself to see why; logging in again is often what is missing.',
  },
  SECRET_ROTATED: {
    rpc: -31124,
    message: 'A secret this server uses was replaced, so the server was stopped.',
    fix: 'Connect again: it starts with the new one.',
  },
  SECRET_REVOKED: {
    rpc: -31125,
    message: 'A secret this server uses was revoked.',
    fix: 'Set the secret again if the server should still run.',
  },
  KEYCHAIN_UNAVAILABLE: {
    rpc: -31021,
    message: 'There is no keychain and no vault to keep keys in.',
    fix: 'Start a Secret Service, or choose a passcode for the vault; "countersign doctor" shows how.',
  },
  VAULT_LOCKED: {
    rpc: -31022,
    message: 'The vault is locked.',
    fix: 'Start the daemon on a terminal and type the passcode.',
  },
  VAULT_UNREADABLE: {
    rpc: -31024,
    message: 'The vault file is not one this Countersign can read.',
    fix: 'Put back a copy of it, or move it away and start a new vault; keys and secrets in it must then be set again.',
  },
  LOOK_ONLY: {
    rpc: -31023,
    message: 'This Countersign can only look and review: nobody could approve.',
    fix: 'Open the app, or start the daemon on a terminal with a passcode.',
  },
  LINE_TOO_LONG: { rpc: -31030, message: 'A message is longer than the limit.', fix: 'Send less in one message.' },
  TOO_DEEP: { rpc: -31031, message: 'A message is nested deeper than the limit.', fix: 'Send a flatter value.' },
  NOT_JSON: { rpc: -31032, message: 'A line is not a JSON-RPC message.', fix: 'Send one JSON-RPC 2.0 message a line.' },
  AMBIGUOUS: {
    rpc: -31033,
    message: 'A message could be read differently by two parsers.',
    fix: 'Send each key once, in UTF-8, without lone surrogates.',
  },
  CARRIAGE_RETURN: {
    rpc: -31034,
    message: 'A line has a carriage return inside, which some servers read as the start of another message.',
    fix: 'Escape it as \\r inside strings.',
  },
  ID_REFUSED: {
    rpc: -31035,
    message: 'The id of a request is missing, in use, or neither a string nor a safe integer.',
    fix: 'Give each request its own id.',
  },
  METHOD_UNKNOWN: {
    rpc: -31036,
    message: 'Countersign does not know this method, so it is not passed on.',
    fix: 'Update Countersign, or ask for the method to be supported.',
  },
  WRONG_ERA: {
    rpc: -31037,
    message: 'The message belongs to another protocol revision than this connection uses.',
    fix: 'Use one revision per connection.',
  },
  METHOD_DENIED: {
    rpc: -31038,
    message: 'Requests of this kind from a server are not passed on.',
    fix: 'Allow it for this server in the policy.',
  },
  SWITCHED_OFF: {
    rpc: -31039,
    message: 'A person stopped this with a kill switch.',
    fix: 'Do not retry. A person can switch it on again in the app, or with "countersign revive".',
  },
  SECRET_ASKED: {
    rpc: -31044,
    message: 'The server asks for a secret in a form.',
    fix: 'Keep the secret in the keychain and refer to it in the server’s environment.',
  },
  ADDRESS_REFUSED: {
    rpc: -31047,
    message: 'The server wants an address opened that is no plain web address.',
    fix: 'Send an https address without a name before its host, every other character escaped.',
  },
  TOOL_UNKNOWN: { rpc: -31040, message: 'The server offers no tool of this name.', fix: 'List the tools again.' },
  TOOL_HELD: {
    rpc: -31041,
    message: 'The tool is new or has changed since it was reviewed, and is held back.',
    fix: 'Review it in the app, or run "countersign tools review".',
  },
  DEFINITION_HELD: {
    rpc: -31045,
    message: 'What was asked for is new or has changed since it was reviewed, and is held back.',
    fix: 'Review it in the app, or run "countersign tools review".',
  },
  ARGUMENTS_INVALID: {
    rpc: -31042,
    message: 'The arguments do not fit the tool’s reviewed input schema.',
    fix: 'Correct the arguments; the detail says where.',
  },
  POLICY_DENIED: {
    rpc: -31050,
    message: 'The policy does not allow this call.',
    fix: 'Do not retry. A person can look at the rule in the app.',
  },
  POLICY_ERROR: {
    rpc: -31051,
    message: 'The policy could not be evaluated, so the call is refused.',
    fix: 'Run "countersign policy check".',
  },
  ASK_DENIED: {
    rpc: -31052,
    message: 'A person denied this.',
    fix: 'Do not retry the same call; follow the note if there is one.',
  },
  ASK_TIMED_OUT: {
    rpc: -31053,
    message: 'Nobody answered in time, so it was denied.',
    fix: 'The ask is kept: when a person allows its retry in the app, exactly this call goes through once.',
  },
  ASK_WITHDRAWN: {
    rpc: -31054,
    message: 'The request was withdrawn before anyone answered.',
    fix: 'Ask again if it is still wanted.',
  },
  ASK_GONE: {
    rpc: -31055,
    message: 'There is no open ask of this id.',
    fix: 'Run "countersign asks" to see the open ones.',
  },
  ASK_CHANGED: {
    rpc: -31056,
    message: 'The answer was given to something else than what is asked now.',
    fix: 'Read the ask again and answer that.',
  },
  ASK_TOO_EARLY: {
    rpc: -31057,
    message: 'The answer came sooner than a person can read.',
    fix: 'Read the ask, then answer.',
  },
  NOT_APPROVER: {
    rpc: -31058,
    message: 'This channel cannot approve.',
    fix: 'Answer in the approval window; on a machine without a display use "countersign approve" on a terminal.',
  },
  ASKS_THROTTLED: {
    rpc: -31059,
    message: 'Too much was asked in too short a time, so nobody is asked again until a person has answered.',
    fix: 'Wait for the answers to what was asked already; do not retry in a loop.',
  },
  WINDOW_NEEDED: {
    rpc: -31049,
    message: 'A call of the class external is approved in the app’s own window only, and there is none here.',
    fix: 'Review the server’s tools: a person may give this one a lower class. Or run the desktop app.',
  },
  SECOND_PENDING: {
    rpc: -31101,
    message: 'One person has allowed this; policy wants a second one, on another device or account.',
    fix: 'Retry exactly this call once the second person has allowed it too. The app, or "countersign asks", has the request to hand on.',
  },
  COUNTERSIGNATURE_INVALID: {
    rpc: -31102,
    message: 'This is not a second person’s approval that counts here.',
    fix: 'The detail says why. Hand on the request again, to a device that "countersign approvers list" names.',
  },
  APPROVER_UNFIT: {
    rpc: -31103,
    message: 'This device cannot be an approver here.',
    fix: 'Enrol the device of another person, by the key that "countersign approvers me" prints there.',
  },
  AUDIT_UNAVAILABLE: {
    rpc: -31060,
    message: 'The audit cannot be written, so nothing governed goes through.',
    fix: 'Check the disk and run "countersign doctor".',
  },
  DISK_LOW: {
    rpc: -31062,
    message: 'There is too little room left for the audit, so only calls that read go through.',
    fix: 'Do not retry. A person has to free some space on the disk; "countersign doctor" says which.',
  },
  RESULT_WITHHELD: {
    rpc: -31061,
    message: 'The call ran, but its outcome could not be recorded; the result is withheld.',
    fix: 'Do not retry blindly: check what the call did first.',
  },
  PASSCODE_MISSING: {
    rpc: -31070,
    message: 'No passcode is set.',
    fix: 'Set one in the app, or on the daemon’s terminal.',
  },
  PASSCODE_WRONG: {
    rpc: -31071,
    message: 'The passcode is wrong.',
    fix: 'Try again; five failures lock it for a while.',
  },
  PASSCODE_LOCKED: {
    rpc: -31072,
    message: 'Too many wrong passcodes: locked for a while.',
    fix: 'Wait until the time in the detail.',
  },
  PROOF_NEEDED: {
    rpc: -31104,
    message: 'This takes more than a click: the passcode, or the system’s authentication.',
    fix: 'Type the passcode in the approval window; where none is set yet, choose one there.',
  },
  SYSTEM_DECLINED: {
    rpc: -31105,
    message: 'The system did not confirm that it is you.',
    fix: 'Try again, or type the passcode instead.',
  },
  NOT_THE_APP: {
    rpc: -31106,
    message: 'Only the Countersign app itself starts its daemon with a window that approves.',
    fix: 'Open the app; without a display, run "countersign daemon" on a terminal.',
  },
  PASSCODE_WEAK: { rpc: -31073, message: 'A passcode has eight characters or more.', fix: 'Choose a longer one.' },
  NOT_A_TERMINAL: {
    rpc: -31074,
    message: 'The passcode is only read from a terminal.',
    fix: 'Run the command yourself in a terminal window.',
  },
  CONFIG_INVALID: {
    rpc: -31080,
    message: 'A configuration file cannot be used; the last good one stays in force.',
    fix: 'Correct the file; the detail says where.',
  },
  CLIENT_FILE_CHANGED: {
    rpc: -31087,
    message: 'A client’s configuration was changed in the meantime, so nothing was written.',
    fix: 'Look at it again, then decide anew.',
  },
  CLIENT_FILE_LOCKED: {
    rpc: -31088,
    message: 'A client’s configuration cannot be written.',
    fix: 'Check that the file is yours and may be changed; the detail names it.',
  },
  CLIENT_ENTRY_NEW: {
    rpc: -31089,
    message: 'A client’s configuration was changed behind Countersign’s back.',
    fix: 'Look at it under Clients, then protect it, put it into quarantine or leave it as it is; or run "countersign clients list".',
  },
  CLIENT_FILE_UNREADABLE: {
    rpc: -31126,
    message: 'A client’s configuration can no longer be read, so nobody but the client knows what it starts.',
    fix: 'Look at the file, and correct it; the detail says where. A key that is there twice is read by its client all the same.',
  },
  DATABASE_NEWER: {
    rpc: -31081,
    message: 'The database was written by a newer Countersign.',
    fix: 'Update Countersign.',
  },
  DATABASE_TAMPERED: {
    rpc: -31082,
    message: 'The database does not match what this device signed.',
    fix: 'Run "countersign audit verify" and keep the files for whoever investigates.',
  },
  NAME_INVALID: {
    rpc: -31083,
    message: 'A name is 1 to 64 of the characters A to Z, a to z, 0 to 9, dot, dash and underscore.',
    fix: 'Choose another name.',
  },
  NOT_FOUND: { rpc: -31084, message: 'There is no such thing.', fix: 'List what there is and try again.' },
  INPUT_INVALID: { rpc: -31085, message: 'This cannot be done as it was asked.', fix: 'The detail says why.' },
  FOLDER_UNSAFE: {
    rpc: -31086,
    message: 'A folder Countersign keeps its files in is not this account’s alone.',
    fix: 'Make it yours with "chmod 700", or move it away; the detail names it.',
  },
  LINK_SPENT: {
    rpc: -31090,
    message: 'The link to this page has been used, or is older than a minute.',
    fix: 'Press Enter in the daemon’s terminal for a new one.',
  },
  NOT_ENROLLED: {
    rpc: -31116,
    message: 'This device sends its ledger to no collector.',
    fix: 'Get an enrolment code from your collector’s console and run "countersign sync enroll".',
  },
  ENROLMENT_INVALID: {
    rpc: -31110,
    message: 'The enrolment code is unknown, used or too old.',
    fix: 'Ask for a new code in the collector’s console.',
  },
  COLLECTOR_UNREACHABLE: {
    rpc: -31115,
    message: 'The collector cannot be reached.',
    fix: 'Nothing is lost: records wait here. Check the address and the network if it lasts.',
  },
  COLLECTOR_UNTRUSTED: {
    rpc: -31119,
    message: 'What answers is not the collector that this device was enrolled with, or does not prove it.',
    fix: 'Nothing more is sent. Ask whoever runs the collector, and enrol again if its key was changed on purpose.',
  },
  SIGNATURE_REFUSED: {
    rpc: -31111,
    message: 'The collector does not accept the request’s signature.',
    fix: 'Check this machine’s clock; the detail says what did not hold.',
  },
  DEVICE_REVOKED: {
    rpc: -31112,
    message: 'The collector takes nothing more from this device: it was revoked.',
    fix: 'Ask whoever runs the collector, and enrol again with a new code.',
  },
  CONTINUITY_BROKEN: {
    rpc: -31113,
    message: 'The records do not continue what the collector has seen of this device.',
    fix: 'Run "countersign audit verify", keep the state folder, and talk to whoever reviews incidents.',
  },
  SEQUENCE_GAP: {
    rpc: -31118,
    message: 'There are records between the last ones the collector has and these.',
    fix: 'Send from the place that the detail names.',
  },
  SLOW_DOWN: {
    rpc: -31114,
    message: 'The collector has too much to do right now.',
    fix: 'Try again after the time that the answer names.',
  },
  SIGN_IN_NEEDED: {
    rpc: -31117,
    message: 'This needs an operator of the organisation.',
    fix: 'Sign in with your operator token.',
  },
  INTERNAL: {
    rpc: -31099,
    message: 'Countersign met a fault of its own; the request is refused.',
    fix: 'Run "countersign doctor" and report the log.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;
