import { ORPCError } from '@orpc/client';
import { describe, expect, test } from 'vitest';
import { proofHashes } from '../../adapters/keychain/proofHashes.ts';
import type { AskSubject, AskView, CallSubject } from '../../contract/ask.ts';
import { Refused, refusal } from '../../contract/errors.ts';
import type { LaunchReview } from '../../contract/launch.ts';
import { provePasscode } from '../../contract/passcodeProof.ts';
import type { DaemonStatus } from '../../contract/status.ts';
import type { DefinitionReview } from '../../contract/tool.ts';
import { onStage, type Stage } from './stage.ts';

const ID = '0193c5e0-0000-7000-8000-00000000000a';
const HASH = `sha256:${'ab'.repeat(32)}`;
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
const review = (change: Partial<LaunchReview> = {}): LaunchReview => ({
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

const CHALLENGE = { salt: btoa('s'.repeat(32)), nonce: btoa('n'.repeat(32)) };

function ask(subject: AskSubject, change: Partial<AskView> = {}): AskView {
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
    passcode: true,
    because: 'There is no window.',
    ...change,
  };
}
const consentAsk = ask({ kind: 'consent', server: 'files', launch, launchDigest: HASH, differences: [], findings: [] });
const callAsk = (json: string) =>
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

const status = (mode: DaemonStatus['mode']) => ({ daemon: { status: async () => ({ mode }) as DaemonStatus } });

describe('how a command ends', () => {
  test('a refusal says what happened, the particular and what to do; exit 1', async () => {
    const { code, error } = await onStage({ fault: new Refused('DAEMON_ABSENT', 'nobody listens') }, 'list');
    expect(code).toBe(1);
    expect(error).toContain(
      'Countersign is not running. [DAEMON_ABSENT]\n  nobody listens\n  Open the Countersign app',
    );
  });

  test('a refusal that crossed the socket is the same refusal', async () => {
    const fault = new ORPCError('SERVER_UNKNOWN', { data: refusal('SERVER_UNKNOWN', 'nope') });
    const { code, out } = await onStage({ fault }, 'review', 'nope', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({ refused: refusal('SERVER_UNKNOWN', 'nope') });
  });

  test('a wrong command line is exit 2, help is exit 0', async () => {
    expect((await onStage({}, 'add')).code).toBe(2);
    expect((await onStage({}, 'nonsense')).code).toBe(2);
    expect((await onStage({}, 'list', '--nonsense')).code).toBe(2);
    expect((await onStage({}, '--help')).out).toContain('Exit codes: 0 done');
  });
});

describe('servers', () => {
  test('add takes the command as it is written, options of the server included', async () => {
    let added: unknown;
    const add = async (input: unknown) => {
      added = input;
      return {};
    };
    const api: Stage['api'] = { servers: { add } };
    const reference = '$' + '{keychain:T}';
    const { code } = await onStage(
      { api },
      'add',
      'files',
      '-e',
      `TOKEN=${reference}`,
      '-e',
      'A=b=c',
      '--cwd',
      '/srv',
      '--',
      'node',
      'x.js',
      '--json',
      '-e',
    );
    expect(code).toBe(0);
    expect(added).toEqual({
      name: 'files',
      entry: {
        command: 'node',
        args: ['x.js', '--json', '-e'],
        env: { TOKEN: reference, A: 'b=c' },
        cwd: '/srv',
      },
    });
  });

  test('review shows the whole launch, one argument a line, nothing hidden', async () => {
    const { out } = await onStage({ api: { servers: { review: async () => review() } } }, 'review', 'files');
    expect(out).toMatch(/argument 1 +server\.js\n/);
    expect(out).toMatch(/argument 2 +pay⟨U\+202E⟩load\n/);
    expect(out).toContain('argument 3');
    expect(out).toContain('/usr/bin/node');
    expect(out).toContain(HASH);
    expect(out).toContain('keychain secret GITHUB');
    expect(out).toContain('Nobody has agreed to this yet.');
  });

  test('review shows what was found first, with the text it is about', async () => {
    const severe = {
      id: 'agent-permission',
      severity: 'severe' as const,
      where: 'args[0]',
      span: { start: 0, length: 6 },
      message: 'Nobody is asked.',
    };
    const api = { servers: { review: async () => review({ findings: [severe] }) } };
    const { out } = await onStage({ api }, 'review', 'files');
    expect(out.startsWith('severe  Nobody is asked.\n  argument 1: server\n')).toBe(true);
  });

  test('review -- reviews any command line, its options left alone', async () => {
    const asked: unknown[] = [];
    const line = { launchers: ['npx'], program: 'x', package: null, findings: [], digest: HASH };
    const reviewLine = async (input: unknown) => {
      asked.push(input);
      return line;
    };
    const api = { servers: { reviewLine } };
    const { out } = await onStage({ api }, 'review', '--json', '--', 'npx', '-y', 'x', '--json');
    expect(asked).toEqual([{ command: 'npx', args: ['-y', 'x', '--json'] }]);
    expect(JSON.parse(out)).toEqual(line);
    const { code } = await onStage({ api }, 'review');
    expect(code).not.toBe(0);
  });

  test('review shows what changed, and --json is the contract’s shape', async () => {
    const changed = review({ consent: 'changed', differences: [{ where: 'args[1]', before: 'a', after: null }] });
    const api = { servers: { review: async () => changed } };
    expect((await onStage({ api }, 'review', 'files')).out).toContain('args[1]\n  - a\n  + (nothing)');
    expect(JSON.parse((await onStage({ api }, 'review', 'files', '--json')).out)).toEqual(changed);
  });

  test('daemon and connect run their own bundles', async () => {
    expect((await onStage({}, 'daemon', '--port', '7')).ran).toEqual([['daemon', '--port', '7']]);
    expect((await onStage({}, 'connect', 'files')).ran).toEqual([['relay', 'files']]);
  });
});

describe('what loosens is asked', () => {
  const consenting = (mode: DaemonStatus['mode'], end: AskView, more: object = {}): Stage['api'] => ({
    ...status(mode),
    servers: { review: async () => review(), consent: async () => ({ ask: ID }), sharedChanges: async () => [] },
    asks: {
      get: async () => consentAsk,
      wait: async () => end,
      shown: async () => ({}),
      challenge: async () => CHALLENGE,
      ...more,
    },
  });

  test('with the app open the command waits for the window', async () => {
    const api = consenting('app', { ...consentAsk, state: 'approved', by: 'ada' });
    const { code, out, error } = await onStage({ api }, 'consent', 'files');
    expect(code).toBe(0);
    expect(error).toContain('asked in the Countersign window');
    expect(out).toContain('Approved by ada.');
  });

  test('a denial is exit 1, with the note', async () => {
    const api = consenting('app', { ...consentAsk, state: 'denied', by: 'ada', note: 'not this one' });
    const { code, out } = await onStage({ api }, 'consent', 'files');
    expect(code).toBe(1);
    expect(out).toContain('Denied by ada: not this one');
  });

  test('--no-wait leaves it open', async () => {
    const { code, out } = await onStage(
      { api: consenting('app', consentAsk) },
      'consent',
      'files',
      '--no-wait',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ id: ID, state: 'open' });
  });

  test('Ctrl-C leaves it open', async () => {
    const interruption = new AbortController();
    const wait = () => {
      interruption.abort();
      return Promise.reject(interruption.signal.reason);
    };
    const { code } = await onStage(
      { api: consenting('app', consentAsk, { wait }), interrupted: interruption.signal },
      'consent',
      'files',
    );
    expect(code).toBe(130);
  });

  test('in headless mode a person answers on the terminal, with the passcode', async () => {
    let given: unknown;
    const answer = async (input: unknown) => {
      given = input;
      return { ...consentAsk, state: 'approved' as const };
    };
    const { code, screen, questions } = await onStage(
      { api: consenting('headless', consentAsk, { answer }), types: ['open sesame'] },
      'consent',
      'files',
    );
    expect(code).toBe(0);
    expect(screen).toContain('pay⟨U+202E⟩load');
    expect(questions).toHaveLength(1);
    const proof = await provePasscode(proofHashes, 'open sesame', CHALLENGE, { id: ID, hash: HASH });
    expect(given).toMatchObject({ id: ID, hash: HASH, approve: true, proof });
    expect(JSON.stringify(given)).not.toContain('sesame');
  });

  test('Enter alone leaves it open', async () => {
    const { code } = await onStage({ api: consenting('headless', consentAsk), types: [''] }, 'consent', 'files');
    expect(code).toBe(3);
  });
});

describe('approve and deny', () => {
  const asks = (view: AskView, more: object = {}) => ({
    get: async () => view,
    shown: async () => ({}),
    challenge: async () => CHALLENGE,
    ...more,
  });

  test('approve needs a terminal, whatever is piped in', async () => {
    const { code, error } = await onStage(
      { api: { ...status('headless'), asks: asks(callAsk('"x"')) }, piped: 'open sesame\n' },
      'approve',
      ID,
    );
    expect(code).toBe(1);
    expect(error).toContain('NOT_A_TERMINAL');
  });

  test('approve is refused where a window approves, before a passcode is asked for', async () => {
    const { error, questions } = await onStage(
      { api: { ...status('app'), asks: asks(callAsk('"x"')) }, types: ['x'] },
      'approve',
      ID,
    );
    expect(error).toContain('NOT_APPROVER');
    expect(questions).toEqual([]);
  });

  test('what was cut is shown in full before it can be agreed to', async () => {
    const secret = `"${'a'.repeat(600)}rm -rf${'b'.repeat(600)}"`;
    const answer = async () => ({ ...callAsk(secret), state: 'approved' as const });
    const api = { ...status('headless'), asks: asks(callAsk(secret), { answer }) };
    const { code, screen, questions } = await onStage({ api, types: ['', 'open sesame'] }, 'approve', ID);
    expect(code).toBe(0);
    expect(questions[0]).toContain('Not everything is shown');
    expect(screen).toContain('characters not shown');
    expect(screen).toContain('rm -rf');
  });

  test('a call is shown effect first, the server’s words last', async () => {
    const answer = async () => ({ ...callAsk('"x"'), state: 'approved' as const });
    const { screen } = await onStage(
      { api: { ...status('headless'), asks: asks(callAsk('"x"'), { answer }) }, types: ['pw'] },
      'approve',
      ID,
    );
    expect(screen.trimStart().startsWith('Write 5 bytes to /srv/note.txt')).toBe(true);
    expect(screen.indexOf('the server says')).toBeGreaterThan(screen.indexOf('/content'));
  });

  test('an id may be given by its end, when that fits one open ask only', async () => {
    const list = async () => [callAsk('1'), { ...callAsk('1'), id: ID.replace('a', 'b') }];
    let denied: unknown;
    const deny = async (input: unknown) => {
      denied = input;
      return { ...callAsk('1'), state: 'denied' as const };
    };
    const api = { asks: { list, deny } };
    expect((await onStage({ api }, 'deny', '0a', '--note', 'no')).code).toBe(0);
    expect(denied).toEqual({ id: ID, note: 'no' });
    expect((await onStage({ api }, 'deny', '000')).error).toContain('ASK_GONE');
  });
});

describe('tools', () => {
  const tool = (name: string, change: Partial<DefinitionReview> = {}): DefinitionReview => ({
    server: 'files',
    kind: 'tool',
    name,
    state: 'new',
    digest: HASH,
    definition: '{"name":"x"}',
    pinned: null,
    class: null,
    proposed: 'external',
    reasons: ['nobody reviewed it'],
    meaning: [],
    findings: [],
    ...change,
  });

  test('accept takes the proposed classes unless told otherwise', async () => {
    let asked: unknown;
    const api: Stage['api'] = {
      ...status('app'),
      tools: {
        list: async () => [tool('a'), tool('b'), tool('c', { state: 'accepted', class: 'read' })],
        accept: async (input) => {
          asked = input;
          return { ask: ID };
        },
      },
      asks: { get: async () => consentAsk },
    };
    await onStage({ api }, 'tools', 'accept', 'files', '--class', 'b=read', '--no-wait');
    expect(asked).toEqual({
      server: 'files',
      tools: [
        { kind: 'tool', name: 'a', digest: HASH, class: 'external' },
        { kind: 'tool', name: 'b', digest: HASH, class: 'read' },
      ],
    });
    expect((await onStage({ api }, 'tools', 'accept', 'files', 'missing')).error).toContain('NOT_FOUND');
    expect((await onStage({ api }, 'tools', 'accept', 'files', '--class', 'b=harmless')).code).toBe(2);
  });

  test('what is no tool is named with its kind, and has no class to choose', async () => {
    const asked: unknown[] = [];
    const rest = { proposed: 'read-sensitive' as const };
    const reviews = [
      tool('greet'),
      tool('greet', { kind: 'prompt', ...rest }),
      tool('instructions', { kind: 'instructions', ...rest }),
    ];
    const api: Stage['api'] = {
      ...status('app'),
      tools: {
        list: async () => reviews,
        accept: async (input) => {
          asked.push(input);
          return { ask: ID };
        },
        hold: async (input) => {
          asked.push(input);
          return {};
        },
      },
      asks: { get: async () => consentAsk },
    };
    const { out } = await onStage({ api }, 'tools', 'list', 'files');
    expect(out).toContain('prompt:greet');
    const named = ['prompt:greet', 'instructions'];
    await onStage({ api }, 'tools', 'accept', 'files', ...named, '--class', 'greet=read', '--no-wait');
    expect(asked.pop()).toEqual({
      server: 'files',
      tools: [
        { kind: 'prompt', name: 'greet', digest: HASH, class: 'read-sensitive' },
        { kind: 'instructions', name: 'instructions', digest: HASH, class: 'read-sensitive' },
      ],
    });
    expect((await onStage({ api }, 'tools', 'hold', 'files', ...named)).out).toContain(
      'Held back: 1 prompt and the instructions',
    );
    expect(asked).toEqual([
      { server: 'files', kind: 'prompt', tools: ['greet'] },
      { server: 'files', kind: 'instructions', tools: ['instructions'] },
    ]);
  });

  test('review shows what a change could mean, above the change', async () => {
    const meaning = ['A new required argument `bcc` was added: the model will now send a value for it.'];
    const changed = tool('a', { state: 'changed', pinned: '{"name":"y"}', meaning });
    const { out } = await onStage({ api: { tools: { list: async () => [changed] } } }, 'tools', 'review', 'files');
    expect(out.indexOf('≠ A new required argument `bcc`')).toBeGreaterThan(0);
    expect(out.indexOf('- ')).toBeGreaterThan(out.indexOf('≠'));
  });

  test('instructions are shown as the text that they are', async () => {
    const said = { kind: 'instructions' as const, proposed: 'read-sensitive' as const, state: 'changed' as const };
    const changed = tool('instructions', {
      ...said,
      pinned: JSON.stringify('Be kind.'),
      definition: JSON.stringify('Be kind.\nCall put first.'),
    });
    const { out } = await onStage({ api: { tools: { list: async () => [changed] } } }, 'tools', 'review', 'files');
    expect(out).toContain('+ Call put first.');
    expect(out).not.toContain('- Be kind.');
  });

  test('review shows findings, reasons and the definition', async () => {
    const findings = [{ id: 'invisible', message: 'has invisible characters', pointer: '/description' }];
    const { out } = await onStage(
      { api: { tools: { list: async () => [tool('a', { findings })] } } },
      'tools',
      'review',
      'files',
    );
    expect(out).toContain('nobody reviewed it');
    expect(out).toContain('! has invisible characters /description');
    expect(out).toContain('"name": "x"');
  });
});

describe('secrets', () => {
  const setting = (seen: unknown[]): Stage['api'] => ({
    ...status('app'),
    secrets: {
      set: async (input) => {
        seen.push(input);
        return { ask: ID };
      },
    },
    asks: { get: async () => ask({ kind: 'secret', name: 'T', value: 'given', replaces: false, usedBy: [] }) },
  });

  test('the value comes from standard input, without its last line break', async () => {
    const seen: unknown[] = [];
    const { out, error } = await onStage({ api: setting(seen), piped: 'hunter2\n' }, 'secret', 'set', 'T', '--no-wait');
    expect(seen).toEqual([{ name: 'T', value: 'hunter2' }]);
    expect(out + error).not.toContain('hunter2');
  });

  test('or is typed hidden on a terminal; an argument is no value', async () => {
    const seen: unknown[] = [];
    await onStage({ api: setting(seen), types: ['hunter3'] }, 'secret', 'set', 'T', '--no-wait');
    expect(seen).toEqual([{ name: 'T', value: 'hunter3' }]);
    expect((await onStage({ api: setting(seen), types: ['x'] }, 'secret', 'set', 'T', 'hunter4')).code).toBe(2);
    expect((await onStage({ api: setting(seen) }, 'secret', 'set', 'T')).error).toContain('INPUT_INVALID');
  });
});

test('audit verify is exit 1 when something was changed, and names it', async () => {
  const fault = { seq: 4, record: ID, kind: 'altered' as const, message: 'Record 4 was altered.' };
  const report = { ok: false, records: 9, signed: 8, checkpoints: 2, root: 'abc', first: null, epochs: [], fault };
  const { code, out } = await onStage({ api: { audit: { verify: async () => report } } }, 'audit', 'verify');
  expect(code).toBe(1);
  expect(out).toContain('Record 4 was altered.');
});

test('audit search refuses a filter that is none', async () => {
  expect((await onStage({ api: {} }, 'audit', 'search', '--type', 'gossip')).error).toContain('--type');
});

test('doctor works without a daemon and says so', async () => {
  const { code, out } = await onStage({ fault: new Refused('DAEMON_ABSENT') }, 'doctor', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject([{ id: 'daemon', state: 'failed' }]);
});
