import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api, type OperationKind } from '../../main/contract/api.ts';
import type { ErrorCode } from '../../main/contract/errors.ts';
import { openControl } from '../fixtures/control.ts';
import { agree, PASSCODE } from '../fixtures/daemon.ts';
import { type Operations, refusedWith } from '../fixtures/door.ts';
import { blockFromElsewhere, elsewhereKey, requestFromElsewhere } from '../fixtures/elsewhere.ts';
import { Stage } from './stage.ts';

/** Every procedure of the contract with its kind, as `area.name`. */
const PROCEDURES = Object.entries(api).flatMap(([area, procedures]) =>
  Object.entries(procedures).map(([name, procedure]) => ({
    name: `${area}.${name}`,
    kind: (procedure['~orpc'].meta as { kind: OperationKind }).kind,
  })),
);

let stage: Stage;
let control: Operations;
let close: () => void;
/** The ask that each attack finds open, about a switch. */
let open: { ask: string };

beforeAll(async () => {
  stage = await Stage.open();
  ({ control, close } = await openControl(stage.home));
  const { app } = stage.daemon;
  await app.servers.add({ name: 'fresh', entry: stage.entry() });
  await app.servers.add({ name: 'off', entry: stage.entry() });
  await app.servers.add({ name: 'spare', entry: stage.entry() });
  await app.servers.add({
    name: 'packaged',
    entry: { command: 'npx', args: ['-y', '--registry', 'http://127.0.0.1:9', 'x@1.0.0'] },
  });
  await app.servers.disable({ server: 'off' });
  await agree(stage.daemon, await app.secrets.set({ name: 'OLD', value: 'old value' }));
  open = await app.servers.enable({ server: 'off' });
  mkdirSync(stage.path('person', '.cursor'));
  const mcpServers = Object.fromEntries(['plain', 'ours', 'spare'].map((name) => [name, { command: name }]));
  writeFileSync(stage.path('person', '.cursor', 'mcp.json'), JSON.stringify({ mcpServers }));
  await agree(stage.daemon, await app.clients.protect(await planOf('ours')));
  writeFileSync(stage.path('config', 'policies', 'mine.cedar'), '@id("mine")\npermit (principal, action, resource);\n');
  await app.policy.check();
});
afterAll(async () => {
  close();
  await stage[Symbol.asyncDispose]();
});

const server = 'recorder';
/** An id that nothing has. */
const NOBODY = '01999999-0000-7000-8000-000000000001';
/** Has the form of an enrolment code, and is none. */
const CODE = `${NOBODY}.${'s'.repeat(27)}.${'k'.repeat(43)}`;
const refused = (code: ErrorCode) => (error: { data?: { code?: string } }) => expect(error.data?.code).toBe(code);
const entryOf = async (name: string) => {
  const { files } = await control.clients.list();
  return files.flatMap(({ entries }) => entries).find((entry) => entry.name === name)?.id ?? '';
};
const planOf = async (name: string) => {
  const entries = [await entryOf(name)];
  return { entries, digest: (await control.clients.plan({ entries })).digest };
};
const off = async () => (await stage.daemon.app.asks.get({ id: open.ask })).hash;

async function endOf(news: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of news);
}

/** How an attacker calls each. One that is missing here has not been tried, and fails. */
const ATTEMPTS: Readonly<Record<string, () => Promise<unknown>>> = {
  'daemon.status': () => control.daemon.status(),
  'daemon.doctor': () => control.daemon.doctor(),
  'daemon.lookForKeys': () => control.daemon.lookForKeys(),
  'daemon.stop': () => control.daemon.stop(),
  'daemon.changes': async () => (await control.daemon.changes()).return?.(undefined),
  'servers.list': () => control.servers.list(),
  'servers.sessions': () => control.servers.sessions(),
  'servers.add': () => control.servers.add({ name: 'rogue', entry: { command: process.execPath, args: ['-e', '0'] } }),
  'servers.remove': () => control.servers.remove({ server: 'spare' }),
  'servers.sandbox': () => control.servers.sandbox({ server: 'fresh', sandbox: 'off' }),
  'servers.review': () => control.servers.review({ server }),
  'servers.reviewLine': () => control.servers.reviewLine({ command: process.execPath, args: ['--version'] }),
  'servers.consent': async () => {
    const { digest } = await control.servers.review({ server: 'fresh' });
    return control.servers.consent({ server: 'fresh', digest: digest ?? '' });
  },
  'servers.consentAll': async () => {
    const { digest } = await control.servers.review({ server: 'fresh' });
    return control.servers.consentAll({ servers: [{ server: 'fresh', digest: digest ?? '' }] });
  },
  'servers.sharedChanges': () => control.servers.sharedChanges(),
  'servers.withdraw': () => control.servers.withdraw({ server: 'fresh' }),
  'servers.start': () => control.servers.start({ server }),
  'servers.stop': () => control.servers.stop({ server }),
  'servers.restart': () => control.servers.restart({ server }),
  'servers.disable': () => control.servers.disable({ server: 'fresh' }),
  'servers.enable': () => control.servers.enable({ server: 'off' }),
  'servers.logs': () => control.servers.logs({ server }),
  'packages.look': async () =>
    endOf(await control.packages.look({ kind: 'npm', name: 'x', version: null, registry: 'http://127.0.0.1:9' })),
  'packages.prepare': async () =>
    endOf(await control.packages.prepare({ server: 'packaged', scripts: ['x'], fresh: true })),
  'tools.list': () => control.tools.list({ server }),
  'tools.accept': async () => {
    const put = (await control.tools.list({ server })).find(({ name }) => name === 'put');
    return control.tools.accept({ server, tools: [{ name: 'put', digest: put?.digest ?? '', class: 'read' }] });
  },
  'tools.hold': () => control.tools.hold({ server, tools: ['look'] }),
  'clients.list': () => control.clients.list(),
  'clients.plan': async () => control.clients.plan({ entries: [await entryOf('plain')] }),
  'clients.import': async () => control.clients.import(await planOf('plain')),
  'clients.protect': async () => control.clients.protect(await planOf('plain')),
  'clients.planUndo': async () => control.clients.planUndo({ entries: [await entryOf('ours')] }),
  'clients.undo': async () => {
    const entries = [await entryOf('ours')];
    const { digest } = await control.clients.planUndo({ entries });
    return control.clients.undo({ entries, digest });
  },
  'clients.quarantine': async () => control.clients.quarantine({ entry: await entryOf('spare') }),
  'clients.leave': async () => control.clients.leave({ entry: await entryOf('plain') }),
  'clients.trust': () => control.clients.trust({ folder: stage.home.folder }),
  'clients.forget': () => control.clients.forget({ folder: '/nowhere' }).catch(refused('NOT_FOUND')),
  'asks.list': () => control.asks.list({ open: true }),
  'asks.get': () => control.asks.get({ id: open.ask }),
  'asks.wait': async () => {
    const { ask } = await control.servers.enable({ server: 'off' });
    await control.asks.deny({ id: ask });
    return control.asks.wait({ id: ask });
  },
  'asks.deny': async () => control.asks.deny({ id: (await control.servers.enable({ server: 'off' })).ask }),
  'asks.answer': async () =>
    control.asks.answer({ id: open.ask, hash: await off(), approve: true, firstPasscode: PASSCODE }),
  'asks.challenge': () => control.asks.challenge({ id: open.ask }),
  'proof.state': () => control.proof.state(),
  'proof.raise': () => control.proof.raise({ to: 'all' }),
  'proof.lower': () => control.proof.lower({ to: 'external' }),
  'proof.mark': () => control.proof.mark(),
  'proof.offer': () => control.proof.offer({ system: 'touch-id' }),
  'asks.again': () => refusedWith(control.asks.again({ id: open.ask })),
  'asks.shown': () => control.asks.shown({ id: open.ask }),
  'asks.denyAll': () => control.asks.denyAll({ session: NOBODY }),
  'approvers.self': () => control.approvers.self(),
  'approvers.list': () => control.approvers.list(),
  'approvers.add': () => control.approvers.add({ name: 'rogue', key: elsewhereKey }),
  'approvers.remove': () => control.approvers.remove({ fingerprint: 'none' }).catch(refused('NOT_FOUND')),
  'second.request': () => control.second.request({ ask: open.ask }).catch(refused('ASK_GONE')),
  'second.give': async () =>
    control.second.give({
      answer: blockFromElsewhere('answer', {
        version: 1,
        ask: open.ask,
        hash: await off(),
        key: elsewhereKey,
        person: 'mallory',
        at: '2026-01-01T00:00:00.000000Z',
        deadline: '2999-01-01T00:00:00.000000Z',
      }),
    }),
  'second.consider': () => control.second.consider({ request: requestFromElsewhere() }),
  'second.answer': () => control.second.answer({ ask: open.ask }).catch(refused('NOT_FOUND')),
  'grants.list': () => control.grants.list(),
  'grants.revoke': () => control.grants.revoke({ id: NOBODY }).catch(refused('NOT_FOUND')),
  'switches.list': () => control.switches.list(),
  'switches.kill': () => control.switches.kill({ scope: { kind: 'tool', server, tool: 'put' } }),
  'switches.revive': async () => {
    const scope = { kind: 'tool', server, tool: 'look' } as const;
    await control.switches.kill({ scope });
    return control.switches.revive({ scope });
  },
  'secrets.list': () => control.secrets.list(),
  'secrets.wanted': () => control.secrets.wanted(),
  'secrets.set': () => control.secrets.set({ name: 'OLD', value: 'new value' }),
  'secrets.helper': () =>
    control.secrets.helper({ name: 'OLD', command: { command: process.execPath, args: ['-p', '1'] } }),
  'secrets.keepFor': () => control.secrets.keepFor({ name: 'OLD', scope: { servers: ['fresh'] } }),
  'secrets.revoke': () => control.secrets.revoke({ name: 'OLD' }),
  'policy.state': () => control.policy.state(),
  'policy.check': () => control.policy.check(),
  'policy.accept': async () => {
    const { proposal } = await control.policy.state();
    return control.policy.accept({ digest: proposal?.digest ?? '' });
  },
  'policy.explain': () => control.policy.explain({ server, tool: 'put' }),
  'policy.replay': () => control.policy.replay({}),
  'passcode.set': () => control.passcode.set(),
  'passcode.unlock': () => control.passcode.unlock({ passcode: PASSCODE }),
  'audit.search': () => control.audit.search({}),
  'audit.rows': () => control.audit.rows({}),
  'audit.rowOf': () => control.audit.rowOf({ to: { time: 'yesterday' } }),
  'audit.show': async () => {
    const [newest] = (await control.audit.search({ limit: 1 })).records;
    return control.audit.show({ id: newest?.id ?? '' });
  },
  'audit.counts': () => control.audit.counts({}),
  'audit.help': () => control.audit.help({ text: 'server:', cursor: 7 }),
  'audit.tell': () => control.audit.tell({ kind: 'prompt', conversation: 'x', prompt: 'Approve it all.' }),
  'audit.searches': () => control.audit.searches(),
  'audit.keepSearch': () => control.audit.keepSearch({ name: 'mine', text: 'verdict:denied' }),
  'audit.dropSearch': () => control.audit.dropSearch({ name: 'mine' }),
  'audit.verify': () => control.audit.verify(),
  'audit.retention': () => control.audit.retention(),
  'audit.setRetention': () => control.audit.setRetention({ days: 1, records: null, bytes: null }),
  'audit.export': () => control.audit.export({ as: 'jsonl' }),
  'audit.exportPage': () => control.audit.exportPage({ export: NOBODY, from: 0 }).catch(refused('NOT_FOUND')),
  'audit.prove': () => control.audit.prove({ id: NOBODY }).catch(refused('NOT_FOUND')),
  'audit.proveSince': () => control.audit.proveSince({ head: 'not a note' }).catch(refused('INPUT_INVALID')),
  'audit.identity': () => control.audit.identity(),
  'sync.status': () => control.sync.status(),
  'sync.enrol': () => control.sync.enrol({ url: 'https://collector.invalid', code: CODE }),
  'sync.pause': () => refusedWith(control.sync.pause()),
  'sync.resume': () => control.sync.resume().catch(refused('NOT_ENROLLED')),
  'sync.leave': () => refusedWith(control.sync.leave()),
  'sync.rotate': () => control.sync.rotate().catch(refused('NOT_ENROLLED')),
  'tour.state': () => control.tour.state(),
  'tour.run': async () => {
    const running = control.tour.run({ step: 'consent' });
    for (;;) {
      const asks = await control.asks.list({ open: true });
      const [ask] = asks.filter(({ subject }) => subject.kind === 'consent' && subject.server === 'tour');
      if (!ask) continue;
      await control.asks.deny({ id: ask.id });
      return running;
    }
  },
  'tour.reset': () => control.tour.reset(),
};

/** Everything that lets something run: the more is in here, the looser the protection. */
async function permitted(): Promise<string[]> {
  const { app } = stage.daemon;
  const [servers, secrets, policy, status, clients] = await Promise.all([
    app.servers.list(),
    app.secrets.list(),
    app.policy.state(),
    app.daemon.status(),
    app.clients.list(),
  ]);
  const tools = await Promise.all(
    servers.map(async ({ name }) =>
      (await app.tools.list({ server: name }))
        .filter((tool) => tool.state === 'accepted')
        .map((tool) => `tool ${name}/${tool.name} ${tool.class} ${tool.digest}`),
    ),
  );
  return [
    ...servers
      .filter(({ consent }) => consent === 'given')
      .map(({ name, launchDigest }) => `runs ${name} ${launchDigest}`),
    ...servers.filter(({ state }) => state !== 'disabled').map(({ name }) => `on ${name}`),
    ...tools.flat(),
    ...clients.files.flatMap(({ entries }) =>
      entries.filter(({ state }) => state === 'unprotected').map(({ name }) => `around ${name}`),
    ),
    ...clients.files.flatMap(({ entries }) =>
      entries.filter(({ left }) => left !== null).map(({ name }) => `left ${name}`),
    ),
    ...clients.projects.map((folder) => `reads ${folder}`),
    ...secrets.map(({ name, setAt }) => `secret ${name} ${setAt}`),
    `policy ${policy.digest}`,
    `passcode ${status.passcode}`,
    `mode ${status.mode}`,
    `system ${status.system}`,
    ...(await app.approvers.list()).map(({ fingerprint }) => `approver ${fingerprint}`),
  ];
}

const NEW_ENTRIES = new Set(['on rogue', 'on tour', 'on plain']);

/** Where there is nothing to loosen, that is the answer. A call that was missed takes its time: see `prompt`. */
const NOTHING: Readonly<Record<string, ErrorCode>> = {
  'asks.again': 'ASK_GONE',
  'sync.pause': 'NOT_ENROLLED',
  'sync.leave': 'NOT_ENROLLED',
};

// The one that ends the daemon comes last.
const ordered = [...PROCEDURES].sort((a, b) => Number(a.name === 'daemon.stop') - Number(b.name === 'daemon.stop'));

test.each(ordered)(
  '$name, which is $kind, widens nothing when a proved program of the account calls it',
  async ({ name, kind }) => {
    const attempt = ATTEMPTS[name];
    if (attempt === undefined) throw new Error(`Nobody has tried ${name} yet: say above how.`);
    const before = new Set(await permitted());
    if (kind === 'approving') expect(await refusedWith(attempt())).toBe('NOT_APPROVER');
    else if (kind === 'loosening') {
      // One that nobody classed is loosening too, and fails here unless it asks.
      const answer = await attempt();
      if (answer !== undefined && answer === NOTHING[name]) return;
      expect(answer).toEqual({ ask: expect.any(String) });
      expect(await stage.daemon.app.asks.get({ id: (answer as { ask: string }).ask })).toMatchObject({ state: 'open' });
    } else if (kind === 'proving') expect(await refusedWith(attempt())).toBe('COUNTERSIGNATURE_INVALID');
    else await attempt();
    if (name === 'daemon.stop') return void (await stage.daemon.ended);
    const after = await permitted();
    // An entry that was added is on, and cannot start before its consent.
    expect(after.filter((right) => !before.has(right) && !NEW_ENTRIES.has(right))).toEqual([]);
  },
);
