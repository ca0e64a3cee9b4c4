import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { zstdDecompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { processesOf } from '../fixtures/census.ts';
import { admit, agree, ownEnvironment } from '../fixtures/daemon.ts';
import { PROJECT } from '../fixtures/home.ts';
import { Stage } from './stage.ts';

const BIN = join(PROJECT, 'main/shells/cli/bin.cjs');
const CANARY = `canary-${randomBytes(24).toString('hex')}`;
/** The forms in which it would still be a leak. */
const FORMS = [
  CANARY,
  Buffer.from(CANARY).toString('base64').replace(/=+$/, ''),
  Buffer.from(CANARY).toString('hex'),
  Buffer.from(CANARY, 'utf16le').toString('latin1'),
];
const holds = (bytes: Buffer | string) => {
  const read = typeof bytes === 'string' ? bytes : bytes.toString('latin1');
  return FORMS.some((form) => read.includes(form));
};

let stage: Stage;
/** Everything commands printed. */
let printed = '';
/** Everything the daemon said to its windows. */
const said: Buffer[] = [];

function run(args: readonly string[], stdin = ''): { done: Promise<number> } {
  const child = spawn(process.execPath, [BIN, ...args], { env: ownEnvironment(stage.home), stdio: 'pipe' });
  child.stdin.end(stdin);
  const done = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]).then(
    ([out, error, [code]]) => {
      printed += out + error;
      return code as number;
    },
  );
  return { done };
}

/** Processes of this home that show it in their arguments, or in their environment without being the server. */
function shown(): string[] {
  return processesOf(stage.home).flatMap(({ pid, command }) => {
    const environment = readFileSync(`/proc/${pid}/environ`);
    return holds(command) || (holds(environment) && !command.includes('leaking.ts')) ? [command] : [];
  });
}

beforeAll(async () => {
  stage = await Stage.open({ hear: (bytes) => said.push(bytes) });
  const { app } = stage.daemon;
  const setting = run(['secret', 'set', 'CANARY'], `${CANARY}\n`);
  let ask: string | undefined;
  while (ask === undefined) ask = (await app.asks.list({ open: true }))[0]?.id;
  expect(shown()).toEqual([]);
  await agree(stage.daemon, { ask });
  expect(await setting.done).toBe(0);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the reference as it stands in servers.json
  const env = { TOKEN: '${keychain:CANARY}' };
  const args = [join(PROJECT, 'e2e/servers/leaking.ts')];
  await admit(stage.daemon, 'leaking', { command: process.execPath, args, env }, { whoami: 'read' });
});
afterAll(() => stage[Symbol.asyncDispose]());

test('a secret is in its server’s environment and nowhere else', async () => {
  const connection = stage.connect('leaking');
  await connection.initialize();
  const answer = await connection.call('whoami', { note: `is it ${CANARY}?` });
  // The attack works: the server has the secret, and says it.
  expect(JSON.stringify(answer)).toContain('I am');
  const servers = processesOf(stage.home).filter(({ command }) => command.includes('leaking.ts'));
  expect(servers.some(({ pid }) => holds(readFileSync(`/proc/${pid}/environ`)))).toBe(true);
  expect(shown()).toEqual([]);
  await connection.close();

  const { records } = await stage.daemon.app.audit.search({ server: 'leaking', limit: 500 });
  expect(records.map(({ type }) => type)).toContain('outcome');
  expect(holds(JSON.stringify(records))).toBe(false);
  const logs = await stage.daemon.app.servers.logs({ server: 'leaking' });
  expect(logs.map(({ text }) => text).join('\n')).toContain('starting with');
  expect(holds(JSON.stringify(logs))).toBe(false);

  const commands = [
    ['secret', 'list'],
    ['list'],
    ['review', 'leaking'],
    ['tools', 'leaking'],
    ['logs', 'leaking'],
    ['asks', '--all'],
    ['audit', 'search', '--server', 'leaking'],
    ['daemon', 'status'],
    ['doctor'],
  ];
  for (const command of commands) await run([...command, '--json']).done;
  for (const record of records.slice(0, 3)) await run(['audit', 'show', record.id, '--json']).done;
  expect(printed.length).toBeGreaterThan(1000);
  expect(holds(printed)).toBe(false);
});

test('nothing the daemon says to its windows has it', async () => {
  const { app } = stage.daemon;
  const server = 'leaking';
  await Promise.all([
    app.daemon.status(),
    app.daemon.doctor(),
    app.servers.list(),
    app.servers.review({ server }),
    app.servers.logs({ server }),
    app.tools.list({ server }),
    app.secrets.list(),
    app.asks.list({ open: false }),
    app.policy.explain({ server, tool: 'whoami' }),
  ]);
  const { records } = await app.audit.search({ server, limit: 500 });
  await Promise.all(records.slice(0, 20).map(({ id }) => app.audit.show({ id })));
  const heard = Buffer.concat(said);
  // What may be known of it was said, so what is not would have been found.
  expect(heard.includes('CANARY')).toBe(true);
  expect(holds(heard)).toBe(false);
});

test('nothing on the disk has it: configuration, state, logs, and payloads when they are unpacked', async () => {
  const folder = stage.home.folder;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['vault', 'ledger.db', 'state.db', 'servers.json']),
  );
  const leaking = files.filter(({ parentPath, name }) => holds(readFileSync(join(parentPath, name))));
  expect(leaking.map(({ name }) => name)).toEqual([]);

  const db = new Database(stage.path('state', 'ledger.db'), { readonly: true });
  const payloads = db.prepare('SELECT codec, body FROM payloads').all() as { codec: number; body: Buffer }[];
  db.close();
  expect(payloads.length).toBeGreaterThan(0);
  expect(payloads.some(({ codec }) => codec === 1)).toBe(true);
  expect(payloads.filter(({ codec, body }) => holds(codec === 1 ? zstdDecompressSync(body) : body))).toEqual([]);
});

test('processes that are aborted leave nothing of it behind', async () => {
  const connection = stage.connect('leaking');
  await connection.initialize();
  const places = [stage.home.folder, process.cwd(), tmpdir()];
  const files = () => new Set(places.flatMap((place) => readdirSync(place).map((name) => join(place, name))));
  const before = files();
  const servers = processesOf(stage.home).filter(({ command }) => command.includes('leaking.ts'));
  for (const { pid } of servers) process.kill(pid, 'SIGABRT');
  stage.daemon.kill('SIGABRT');
  await stage.daemon.ended;
  await connection.close();
  const made = [...files()].filter((file) => !before.has(file) && statSync(file).isFile());
  expect(made.filter((file) => holds(readFileSync(file)))).toEqual([]);
});
