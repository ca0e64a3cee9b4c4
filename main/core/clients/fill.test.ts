// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how clients write what they fill in
import { expect, test } from 'vitest';
import { fillIn } from './fill.ts';

const from = (rest: object, project: string | null = '/p') =>
  fillIn(
    { kind: 'local', command: 'x', args: [], env: {}, cwd: null, envFile: null, passed: [], ...rest },
    { home: '/home/mara', project },
  );
const envOf = (env: Record<string, string>) => {
  const filled = from({ env });
  if (!filled.ok) throw new Error(filled.why);
  return [filled.launch.env, filled.launch.missing.map(({ name }) => name)];
};

test('folders are filled in for good', () => {
  expect(
    from({ command: '${workspaceFolder}/run', args: ['${userHome}/a', '${env:HOME}'], cwd: '${workspaceFolder}' }),
  ).toMatchObject({
    ok: true,
    launch: { command: '/p/run', args: ['/home/mara/a', '/home/mara'], cwd: '/p', missing: [] },
  });
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
  expect(from({ command: '${workspaceFolder}/run' }, null)).toMatchObject({ ok: false });
  expect(from({ envFile: '.env' })).toMatchObject({ ok: false, why: expect.stringContaining('.env') });
});

test('an entry does not bind secrets of ours to itself', () => {
  for (const rest of [{ env: { A: '${keychain:github-token}' } }, { args: ['${keychain:x'] }])
    expect(from(rest)).toMatchObject({ ok: false, why: expect.stringContaining('only a person') });
});
