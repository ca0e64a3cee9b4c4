/** What the tests of commands are about: a launch, asks about it and about a call, and who answers them. */
import type { AskSubject, AskView, CallSubject } from '../../contract/ask.ts';
import type { LaunchReview } from '../../contract/launch.ts';
import type { DaemonStatus } from '../../contract/status.ts';

export const ID = '0193c5e0-0000-7000-8000-00000000000a';
export const HASH = `sha256:${'ab'.repeat(32)}`;
const AT = '2026-11-21T03:17:00.000123Z';

const launch = {
  command: 'node',
  args: ['server.js', 'pay\u202Eload', ''],
  cwd: '/srv',
  variables: [
    { name: 'TOKEN', source: 'keychain' as const, shown: 'GITHUB', valueDigest: null },
    { name: 'PATH', source: 'inherited' as const, shown: null, valueDigest: null },
  ],
  files: [{ role: 'program' as const, written: 'node', path: '/usr/bin/node', sha256: HASH, size: 7 }],
  sandbox: 'none',
};
export const review = (change: Partial<LaunchReview> = {}): LaunchReview => ({
  server: 'files',
  launch,
  digest: HASH,
  consent: 'needed',
  findings: [],
  differences: [],
  agreed: null,
  package: null,
  truth: null,
  pinning: null,
  upgrade: false,
  problem: null,
  ...change,
});

export const CHALLENGE = { salt: btoa('s'.repeat(32)), nonce: btoa('n'.repeat(32)) };

export function ask(subject: AskSubject, change: Partial<AskView> = {}): AskView {
  return {
    id: ID,
    hash: HASH,
    subject,
    state: 'open',
    askedAt: AT,
    deadline: null,
    answeredAt: null,
    by: null,
    note: null,
    approvals: 1,
    first: null,
    via: subject.kind === 'call' ? null : 'control',
    because: 'There is no window.',
    ...change,
  };
}
export const consentAsk = ask({
  kind: 'consent',
  server: 'files',
  launch,
  launchDigest: HASH,
  differences: [],
  findings: [],
});
export const callAsk = (json: string) =>
  ask({
    kind: 'call',
    session: ID,
    client: { name: 'agent', version: '1', pid: 4, program: '/usr/bin/agent' },
    server: 'files',
    tool: 'write_file',
    class: 'write',
    effect: 'Write 5 bytes to /srv/note.txt',
    arguments: [{ pointer: '/content', json }],
    bytesDigest: HASH,
    definitionDigest: HASH,
    launchDigest: HASH,
    reasons: ['it writes'],
    undo: 'The file is not kept.',
    rule: { id: 'default/ask', file: 'default.cedar', line: 3 },
    serverSays: 'Writes a file.\nHarmless!',
  } satisfies CallSubject);

export const status = (mode: DaemonStatus['mode']) => ({ daemon: { status: async () => ({ mode }) as DaemonStatus } });
