// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how clients write what they fill in
import { expect, test } from 'vitest';
import { type Around, filledPath, fillIn } from './fill.ts';
import { inputsOf } from './inputs.ts';

const AROUND: Around = { home: '/home/mara', project: '/p', inputs: new Map(), answers: new Map(), variables: null };
const from = (rest: object, around: Partial<Around> = {}) =>
  fillIn(
    { kind: 'local', command: 'x', args: [], env: {}, cwd: null, envFile: null, passed: [], ...rest },
    { ...AROUND, ...around },
  );
const envOf = (env: Record<string, string>) => {
  const filled = from({ env });
  if (!filled.ok) throw new Error(filled.why);
  return [filled.launch.env, filled.launch.missing.map(({ name }) => name)];
};

test('folders are filled in for good', () => {
  expect(
    from({
      command: '${workspaceFolder}/run',
      args: ['${userHome}/a', '${env:HOME}'],
      cwd: '/w/${workspaceFolderBasename}',
    }),
  ).toMatchObject({
    ok: true,
    launch: { command: '/p/run', args: ['/home/mara/a', '/home/mara'], cwd: '/w/p', missing: [] },
  });
});

test.each([
  [null, '/p', '/p'],
  ['tools', '/p', '/p/tools'],
  ['/srv', '/p', '/srv'],
  [null, null, null],
])('with the working directory %s in the project %s it runs in %s', (cwd, project, folder) => {
  expect(from({ cwd }, { project })).toMatchObject({ launch: { cwd: folder } });
});

test('a working directory that begins nobody knows where is not guessed', () => {
  expect(from({ cwd: 'tools' }, { project: null })).toMatchObject({ ok: false, why: expect.stringContaining('tools') });
});

test.each([
  [{ TOKEN: '${env:GITHUB_TOKEN}' }, { TOKEN: '${keychain:github-token}' }, ['github-token']],
  [{ TOKEN: '${input:perplexity-key}' }, { TOKEN: '${keychain:perplexity-key}' }, ['perplexity-key']],
  [{ TOKEN: '${GH:-none}' }, { TOKEN: '${keychain:gh}' }, ['gh']],
  [{ TOKEN: '${{ secrets.MY_KEY }}' }, { TOKEN: '${keychain:my-key}' }, ['my-key']],
  [{ TOKEN: '{env:OC_KEY}' }, { TOKEN: '${keychain:oc-key}' }, ['oc-key']],
  [{ TOKEN: '$GEM_KEY' }, { TOKEN: '${keychain:gem-key}' }, ['gem-key']],
  [{ AUTH: 'Bearer ${X}' }, { AUTH: 'Bearer ${keychain:x}' }, ['x']],
  [{ PRICE: '5$ or $6', HOME: '$HOME' }, { PRICE: '5$ or $6', HOME: '/home/mara' }, []],
])('a variable only the client knows becomes a reference: %j', (env, filled, missing) => {
  expect(envOf(env)).toEqual([filled, missing]);
});

test('variables passed on by name become references too', () => {
  expect(from({ passed: ['HTTPS_PROXY'] })).toMatchObject({
    launch: { env: { HTTPS_PROXY: '${keychain:https-proxy}' } },
  });
});

test('what cannot be filled in outside of the environment is not guessed', () => {
  expect(from({ args: ['--key=${input:k}'] })).toMatchObject({ ok: false, why: expect.stringContaining('${input:k}') });
  expect(from({ command: '${workspaceFolder}/run' }, { project: null })).toMatchObject({ ok: false });
});

test('a text made to be read for ever is read at once', () => {
  const begun = performance.now();
  expect(from({ args: ['${a:-'.repeat(100_000)] })).toMatchObject({ ok: true });
  const inputs = inputsOf({ inputs: [{ type: 'promptString', id: 'a', default: 'x' }] });
  const args = Array.from({ length: 30_000 }, (_, index) => `\${input:a}${index}`);
  expect(from({ args }, { inputs })).toMatchObject({ ok: true });
  expect(performance.now() - begun).toBeLessThan(3000);
});

test('what a program reads from its own environment is left to it', () => {
  const mine = { args: ['--header', 'Authorization:${AUTH_HEADER}'], env: { AUTH_HEADER: 'Bearer x' } };
  expect(from(mine)).toMatchObject({ ok: true, launch: mine });
  expect(from({ args: mine.args })).toMatchObject({ ok: false, why: expect.stringContaining('${AUTH_HEADER}') });
  expect(from({ ...mine, args: ['${env:AUTH_HEADER}'] })).toMatchObject({ ok: false });
});

const inputs = inputsOf({
  inputs: [
    { type: 'promptString', id: 'folder', description: 'Folder to serve' },
    { type: 'promptString', id: 'key', description: 'API key', password: true },
    { type: 'pickString', id: 'region', options: ['eu', { label: 'America', value: 'us' }] },
    { type: 'promptString', id: 'level', default: 'info' },
    { type: 'promptString', id: 'token', description: 'Token' },
    'no question',
  ],
});

test('what a client asks is asked once: on the command line, from a choice, or with a usual answer', () => {
  const entry = { args: ['--root=${input:folder}'], env: { R: 'x-${input:region}', L: '${input:level}' } };
  const open = from(entry, { inputs });
  expect(open).toMatchObject({ ok: true, launch: { args: entry.args, env: { R: 'x-${input:region}', L: 'info' } } });
  expect(open.ok && open.launch.asked.map(({ id, value, options }) => [id, value, options])).toEqual([
    ['folder', null, null],
    ['region', null, ['eu', 'us']],
    ['level', 'info', null],
  ]);
  const answers = new Map([
    ['folder', '/srv'],
    ['region', 'eu'],
    ['level', 'debug'],
  ]);
  expect(from(entry, { inputs, answers })).toMatchObject({
    launch: { args: ['--root=/srv'], env: { R: 'x-eu', L: 'debug' }, missing: [] },
  });
});

test('what may be a secret is typed where secrets are, and is never put on a command line', () => {
  const env = { KEY: '${input:key}', TOKEN: '${input:token}' };
  expect(from({ env }, { inputs })).toMatchObject({
    launch: {
      env: { KEY: '${keychain:key}', TOKEN: '${keychain:token}' },
      missing: [
        { variable: 'KEY', name: 'key', description: 'API key' },
        { variable: 'TOKEN', name: 'token', description: 'Token' },
      ],
      asked: [],
    },
  });
  const why = expect.stringContaining('secret on its command line');
  expect(from({ args: ['${input:key}'] }, { inputs, answers: new Map([['key', 'x']]) })).toMatchObject({
    ok: false,
    why,
  });
});

test('variables come from the file it names, and its own go before them', () => {
  const variables = { path: '/p/.env', variables: { A: 'file', B: '${C}' } };
  expect(from({ env: { A: 'own' }, args: ['${B}'] }, { variables })).toMatchObject({
    launch: { args: ['${B}'], env: { A: 'own', B: '${C}' } },
  });
  const gone = { path: '/p/.env', why: 'it is not there' };
  expect(from({}, { variables: gone })).toMatchObject({ ok: false, why: expect.stringContaining('/p/.env') });
  const thief = { path: '/p/.env', variables: { A: '${keychain:github-token}' } };
  expect(from({}, { variables: thief })).toMatchObject({ ok: false, why: expect.stringContaining('only a person') });
});

test.each([
  ['${workspaceFolder}/.env', '/p', '/p/.env'],
  ['.env', '/p', '/p/.env'],
  ['${userHome}/x.env', null, '/home/mara/x.env'],
  ['C:\\x.env', null, 'C:\\x.env'],
  ['.env', null, null],
  ['${workspaceFolder}/.env', null, null],
  ['${input:file}', '/p', null],
])('the file %s in the project %s', (path, project, found) => {
  expect(filledPath(path, { home: '/home/mara', project })).toBe(found);
});

test('an entry does not bind secrets of ours to itself', () => {
  for (const rest of [{ env: { A: '${keychain:github-token}' } }, { args: ['${keychain:x'] }])
    expect(from(rest)).toMatchObject({ ok: false, why: expect.stringContaining('only a person') });
});

test('nor does what is filled into it: an answer, what is usual, a piece of either, a folder’s name', () => {
  const reference = '${keychain:github-token}';
  const usual = inputsOf({ inputs: [{ type: 'promptString', id: 'a', default: reference }] });
  const asked = inputsOf({ inputs: [{ type: 'promptString', id: 'a', default: 'x' }] });
  const why = expect.stringContaining('only a person');
  const refused = { ok: false, why };
  const env = { A: '${input:a}' };
  expect(from({ env }, { inputs: usual })).toMatchObject(refused);
  expect(from({ args: ['${input:a}'] }, { inputs: usual })).toMatchObject(refused);
  expect(from({ env }, { inputs: asked, answers: new Map([['a', reference]]) })).toMatchObject(refused);
  const answers = new Map([['a', '{keychain:github-token}']]);
  expect(from({ env: { A: '$${input:a}' } }, { inputs: asked, answers })).toMatchObject(refused);
  expect(from({ env: { A: '${workspaceFolder}' } }, { project: `/p/${reference}` })).toMatchObject(refused);
});
