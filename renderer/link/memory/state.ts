import type { SecretInfo, WantedSecret } from '../../../main/contract/secret.ts';
import type { DaemonStatus, DoctorCheck, PolicyState } from '../../../main/contract/status.ts';
import type { TourState } from '../../../main/contract/tour.ts';
import { SUBJECTS } from './asks.ts';
import { at, digestOf } from './ids.ts';

export const STATUS: DaemonStatus = {
  version: '0.1.0',
  pid: 47110,
  since: at(-86_000),
  home: '/home/mara/.local/state/countersign',
  mode: 'app',
  keystore: { kind: 'keychain', state: 'ready', detail: 'Secret Service of this session (gnome-keyring).' },
  passcode: 'set',
  system: null,
  device: digestOf(90),
  servers: 5,
  sessions: 2,
  asks: 2,
  records: 12_408,
  confines: true,
  disk: { state: 'enough', free: 48_318_382_080 },
  problems: [],
};

export const DOCTOR: DoctorCheck[] = [
  {
    id: 'keystore',
    title: 'Keys and secrets',
    state: 'ok',
    found: 'The Secret Service of this session answers.',
    fix: null,
  },
  {
    id: 'ledger',
    title: 'Ledger',
    state: 'ok',
    found: '12,408 records, 311 signed checkpoints, none altered.',
    fix: null,
  },
  {
    id: 'sandbox',
    title: 'Sandbox',
    state: 'warning',
    found: 'Servers run without one: they can read whatever you can read.',
    fix: 'Install bubblewrap, then restart Countersign.',
  },
  {
    id: 'clients',
    title: 'Clients',
    state: 'failed',
    found: 'Cursor starts two servers around Countersign.',
    fix: 'Import them, so that their calls are governed as well.',
  },
];

const PLAIN = {
  servers: null,
  environment: null,
  expiresAt: null,
  running: [],
  sameAs: [],
  putsBack: [],
  helper: null,
  concerns: [],
} satisfies Partial<SecretInfo>;

/** One in order, one shared and near its end, one that a command makes, an old copy that nobody uses. */
export const SECRETS: SecretInfo[] = [
  {
    ...PLAIN,
    ...{ name: 'github-token', setAt: at(-2_500_000), lastUsedAt: at(-900), usedBy: ['github'], running: ['github'] },
    servers: ['github'],
    expiresAt: at(9_000_000),
  },
  {
    ...PLAIN,
    ...{ name: 'pg-almanac', setAt: at(-400_000), lastUsedAt: at(-7200), usedBy: ['postgres', 'reports'] },
    environment: 'production',
    expiresAt: at(500_000),
    sameAs: ['pg-almanac-test'],
    concerns: [
      { id: 'expires-soon', text: 'It expires in 5 days.' },
      {
        id: 'same-value',
        text: 'pg-almanac-test holds the same value: what leaks in staging opens production too.',
      },
      { id: 'shared', text: '2 servers use it: a leak in one is a leak of all.' },
    ],
  },
  {
    ...PLAIN,
    ...{ name: 's3-session', setAt: at(-90_000), lastUsedAt: at(-1500), usedBy: ['files'], running: ['files'] },
    expiresAt: at(2100),
    helper: {
      command: 'aws',
      args: ['configure', 'export-credentials', '--profile', 'almanac'],
      cwd: '/home/mara',
      variables: [],
      files: [],
      sandbox: 'private process ids (bubblewrap)',
    },
  },
  {
    ...PLAIN,
    ...{ name: 'old-slack', setAt: at(-9_000_000), lastUsedAt: null, usedBy: [] },
    concerns: [
      { id: 'old', text: 'It is 104 days old: rotate it.' },
      { id: 'unused', text: 'Nothing here uses it: if nothing else does, revoke it.' },
    ],
  },
];

export const WANTED: WantedSecret[] = [{ name: 'pgsslkey', usedBy: ['postgres'] }];

const MINE = SUBJECTS.policy.files.map(({ file, before }) => ({ file, text: before ?? '' }));

export const POLICY: PolicyState = {
  digest: digestOf(60),
  settings: {
    roles: ['lead', 'on-call'],
    environment: 'production',
    tenant: '',
    region: 'eu-central',
    families: { mail: ['gmail/send*', 'outlook/*'], deploy: ['*/deploy_*'] },
    reminders: { oldAfterDays: 90, expiryWithinDays: 14 },
  },
  files: [
    {
      file: 'countersign/default.cedar',
      text: '// What a person accepted as read runs by itself.\n@id("default/permit")\npermit (principal, action, resource);\n\n@id("default/ask")\n@reason("Everything that does more than read needs a person\'s approval.")\nforbid (principal, action, resource)\nwhen { context.class != "read" }\nunless { context.approvals >= 1 };\n',
    },
    ...MINE,
  ],
  proposal: { files: SUBJECTS.policy.files, digest: digestOf(61) },
  faults: [{ file: 'draft.cedar', line: 7, message: 'unexpected token “when”: a policy ends with a semicolon' }],
};

export const TOUR: TourState = {
  folder: '/tmp/countersign-tour-4fXw2c',
  server: 'tour',
  steps: [
    {
      step: 'consent',
      state: 'done',
      title: 'Agree to what the file server runs',
      outcome: 'You agreed to node and one script, by their hashes.',
    },
    {
      step: 'review',
      state: 'done',
      title: 'Accept its tools with their classes',
      outcome: '14 tools accepted: 9 only read, 4 write, 1 reaches outside.',
    },
    {
      step: 'read',
      state: 'done',
      title: 'A client reads a file: it runs unasked',
      outcome: 'welcome.txt was read in 3.1 ms. Nobody was asked, because reading was accepted.',
    },
    { step: 'write-denied', state: 'running', title: 'The client wants to write a file: deny it', outcome: null },
    { step: 'write-approved', state: 'waiting', title: 'It asks again: approve it', outcome: null },
    { step: 'audit', state: 'waiting', title: 'Read what was recorded of it', outcome: null },
    { step: 'verify', state: 'waiting', title: 'Prove that nothing was altered', outcome: null },
    { step: 'tamper', state: 'waiting', title: 'Change one byte in a copy, and see it found', outcome: null },
  ],
};

/** The tour before its first step. */
export const FRESH_TOUR: TourState = {
  folder: null,
  server: null,
  steps: TOUR.steps.map((step) => ({ ...step, state: 'waiting', outcome: null })),
};
