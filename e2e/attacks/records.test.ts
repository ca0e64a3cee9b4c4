/** Everything that can be changed leaves a record that says what was changed, who wanted it, and by which way (PRODUCT.md L1). */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, api, type OperationKind } from '../../main/contract/api.ts';
import type { AskView } from '../../main/contract/ask.ts';
import type { RecordView } from '../../main/contract/record.ts';
import { DEFAULT_SENDING } from '../../main/contract/sync.ts';
import { type Collector, type Fleet, foundAt, startCollector } from '../fixtures/collector.ts';
import { openControl } from '../fixtures/control.ts';
import { agree, ownEnvironment, PASSCODE } from '../fixtures/daemon.ts';
import { type Operations, refusedWith } from '../fixtures/door.ts';
import { blockFromElsewhere, elsewhereKey, requestFromElsewhere } from '../fixtures/elsewhere.ts';
import { makeHome, PROJECT } from '../fixtures/home.ts';
import { type Postgres, startPostgres } from '../fixtures/postgres.ts';
import { proofThrough } from '../fixtures/proof.ts';
import { Terminal } from '../fixtures/terminal.ts';
import { Stage } from './stage.ts';

type Procedure = { [Area in keyof Api & string]: `${Area}.${keyof Api[Area] & string}` }[keyof Api & string];
type Said = Partial<Omit<RecordView, 'detail'>> & { readonly detail?: object };

interface Change {
  /** What its record has to say besides the person and the way. */
  readonly leaves: Said & Pick<RecordView, 'type' | 'event'>;
  /** What has to be told by the question's and its answer's record, where it asks. */
  readonly asks?: Said;
  /** The person or way of its record, where that is not the caller's. */
  readonly by?: Said;
  /** Typed with the answer. */
  readonly value?: string;
  /** Makes it possible, before it is looked at. */
  readonly first?: () => Promise<unknown>;
  /** Calls it, as a program of the account on the control socket unless only another door may. */
  readonly call: () => Promise<unknown>;
}
/** Why something that is no reading leaves no record. */
interface Nothing {
  readonly none: string;
}

const person = userInfo().username;
const CONTROL = { person, via: 'control' } as const;
const WINDOW = { person, via: 'window' } as const;

let stage: Stage;
let control: Operations;
let close: () => void;
let postgres: Postgres;
let data: string;
let collector: Collector;
let fleet: Fleet;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'countersign-collector-'));
  [stage, postgres] = await Promise.all([Stage.open(), startPostgres()]);
  collector = await startCollector({ data, databaseUrl: postgres.url });
  ({ fleet } = await foundAt(collector.url, collector.bootstrap ?? '', 'Acme'));
  ({ control, close } = await openControl(stage.home));
  mkdirSync(stage.path('person', '.cursor'));
  putInCursor('plain', 'ours', 'odd');
}, 120_000);
afterAll(async () => {
  close();
  await stage[Symbol.asyncDispose]();
  await collector.stop();
  await postgres.stop();
  rmSync(data, { recursive: true, force: true });
}, 60_000);

/** Writes a client's file as its person would: these entries, each a program of that name. */
function putInCursor(...names: string[]): void {
  const mcpServers = Object.fromEntries(names.map((name) => [name, { command: name }]));
  writeFileSync(stage.path('person', '.cursor', 'mcp.json'), JSON.stringify({ mcpServers }));
}

const entryOf = async (name: string) => {
  const { files } = await control.clients.list();
  return files.flatMap(({ entries }) => entries).find((entry) => entry.name === name)?.id ?? '';
};
const planOf = async (name: string) => {
  const entries = [await entryOf(name)];
  return { entries, digest: (await control.clients.plan({ entries })).digest };
};
const launchOf = async (server: string) => ({
  server,
  digest: (await control.servers.review({ server })).digest ?? '',
});

async function endOf(news: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of news);
}

/** A client calls `put`: the question that a person then sees. */
async function asked(n: string): Promise<AskView> {
  const client = stage.connect();
  await client.initialize();
  client.start('tools/call', { name: 'put', arguments: { n } });
  return open((ask) => ask.subject.kind === 'call' && ask.subject.arguments.some(({ json }) => json === `"${n}"`));
}

/** The ask that fits; looks until there is one. */
async function open(fits: (ask: AskView) => boolean): Promise<AskView> {
  for (;;) {
    const ask = (await control.asks.list({ open: true })).find(fits);
    if (ask) return ask;
  }
}

const server = 'recorder';
const tool = { kind: 'tool', server, tool: 'put' } as const;
const other = { grant: '', ask: '' };

/**
 * Every procedure of the contract, in an order in which each is possible. `reads` changes nothing; a new one that is not
 * here is an error of the type.
 */
const PROCEDURES: Readonly<Record<Procedure, Change | Nothing | 'reads'>> = {
  'daemon.status': 'reads',
  'daemon.doctor': 'reads',
  'daemon.lookForKeys': {
    none: 'while there are keys it does nothing, and keys that it finds start the daemon, which is one',
  },
  'daemon.changes': 'reads',
  'servers.list': 'reads',
  'servers.sessions': 'reads',
  'servers.review': 'reads',
  'servers.reviewLine': 'reads',
  'servers.sharedChanges': 'reads',
  'servers.logs': 'reads',
  'servers.add': {
    call: () => control.servers.add({ name: 'fresh', entry: stage.entry() }),
    leaves: { type: 'config', event: 'added', server: 'fresh', payloadText: expect.stringContaining('recording.ts') },
  },
  'servers.consent': {
    call: async () => control.servers.consent(await launchOf('fresh')),
    asks: { server: 'fresh', payloadText: expect.stringContaining('recording.ts') },
    leaves: {
      type: 'consent',
      event: 'given',
      server: 'fresh',
      digests: expect.objectContaining({ launch: expect.any(String) }),
    },
  },
  'servers.sandbox': {
    call: () => control.servers.sandbox({ server: 'fresh', sandbox: 'off' }),
    leaves: { type: 'config', event: 'changed', server: 'fresh', detail: { changed: 'sandbox' } },
  },
  'servers.consentAll': {
    call: async () => control.servers.consentAll({ servers: [await launchOf('fresh')] }),
    asks: { detail: { servers: 'fresh' }, payloadText: expect.stringContaining('differences') },
    leaves: {
      type: 'consent',
      event: 'renewed',
      server: 'fresh',
      digests: expect.objectContaining({ before: expect.any(String) }),
    },
  },
  'servers.withdraw': {
    call: () => control.servers.withdraw({ server: 'fresh' }),
    leaves: { type: 'consent', event: 'withdrawn', server: 'fresh' },
  },
  'servers.start': {
    call: () => control.servers.start({ server }),
    leaves: { type: 'lifecycle', event: 'start-wanted', server },
  },
  'servers.restart': {
    call: () => control.servers.restart({ server }),
    leaves: { type: 'lifecycle', event: 'restart-wanted', server },
  },
  'servers.stop': {
    call: () => control.servers.stop({ server }),
    leaves: { type: 'lifecycle', event: 'stop-wanted', server },
  },
  'servers.disable': {
    call: () => control.servers.disable({ server: 'fresh' }),
    leaves: { type: 'switch', event: 'off', server: 'fresh' },
  },
  'servers.enable': {
    call: () => control.servers.enable({ server: 'fresh' }),
    asks: { server: 'fresh' },
    leaves: { type: 'switch', event: 'on', server: 'fresh' },
  },
  'servers.remove': {
    call: () => control.servers.remove({ server: 'fresh' }),
    leaves: { type: 'config', event: 'removed', server: 'fresh', payloadText: expect.stringContaining('recording.ts') },
  },
  'packages.look': 'reads',
  'packages.prepare': {
    first: () =>
      control.servers.add({
        name: 'packaged',
        entry: { command: 'npx', args: ['-y', '--registry', 'http://127.0.0.1:9', 'x@1.0.0'] },
      }),
    call: async () => endOf(await control.packages.prepare({ server: 'packaged', scripts: ['y'], fresh: true })),
    leaves: {
      type: 'config',
      event: 'package-prepared',
      server: 'packaged',
      detail: { name: 'x', scripts: 'y', fresh: true },
    },
  },
  'tools.list': 'reads',
  'tools.hold': {
    call: () => control.tools.hold({ server, tools: ['look'] }),
    leaves: { type: 'pin', event: 'held', server, tool: 'look', detail: { was: 'read' } },
  },
  'tools.accept': {
    call: async () => {
      const look = (await control.tools.list({ server })).find(({ name }) => name === 'look');
      return control.tools.accept({ server, tools: [{ name: 'look', digest: look?.digest ?? '', class: 'read' }] });
    },
    asks: { server, detail: { tools: 'look' }, payloadText: expect.stringContaining('inputSchema') },
    leaves: { type: 'pin', event: 'accepted', server, tool: 'look', class: 'read' },
  },
  'clients.list': 'reads',
  'clients.plan': 'reads',
  'clients.planUndo': 'reads',
  'clients.import': {
    call: async () => control.clients.import(await planOf('plain')),
    leaves: { type: 'config', event: 'added', server: 'plain' },
  },
  'clients.protect': {
    call: async () => control.clients.protect(await planOf('ours')),
    asks: { detail: { files: expect.stringContaining('mcp.json') }, payloadText: expect.stringContaining('"before"') },
    leaves: { type: 'config', event: 'client-protected', server: 'ours', detail: { client: 'cursor', entry: 'ours' } },
  },
  'clients.undo': {
    call: async () => {
      const entries = [await entryOf('ours')];
      return control.clients.undo({ entries, digest: (await control.clients.planUndo({ entries })).digest });
    },
    asks: { detail: { files: expect.stringContaining('mcp.json') }, payloadText: expect.stringContaining('"before"') },
    leaves: { type: 'config', event: 'client-unprotected', detail: { client: 'cursor', entry: 'ours' } },
  },
  'clients.quarantine': {
    call: async () => control.clients.quarantine({ entry: await entryOf('odd') }),
    leaves: { type: 'config', event: 'client-quarantined', detail: { client: 'cursor', entry: 'odd' } },
  },
  'clients.leave': {
    first: async () => {
      putInCursor('plain', 'ours', 'odd', 'late');
      await control.clients.list();
    },
    call: async () => control.clients.leave({ entry: await entryOf('late') }),
    asks: { detail: { client: 'cursor', entry: 'late' } },
    leaves: { type: 'config', event: 'client-entry-left', detail: { client: 'cursor', entry: 'late' } },
  },
  'clients.trust': {
    call: () => control.clients.trust({ folder: stage.path('person') }),
    asks: { detail: { folder: expect.stringContaining('person') } },
    leaves: { type: 'config', event: 'project-trusted', detail: { folder: expect.stringContaining('person') } },
  },
  'clients.forget': {
    call: async () => control.clients.forget({ folder: (await control.clients.list()).projects[0] ?? '' }),
    leaves: { type: 'config', event: 'project-forgotten', detail: { folder: expect.stringContaining('person') } },
  },
  'asks.list': 'reads',
  'asks.get': 'reads',
  'asks.wait': 'reads',
  'asks.challenge': { none: 'a challenge is good for one proof, and the proof is told with its answer' },
  'asks.again': { none: 'it asks about a call, and the question and its answer are told as any other’s' },
  'asks.shown': { none: 'it only begins the time that an answer is told to have taken' },
  'asks.deny': {
    call: async () => control.asks.deny({ id: (await asked('denied')).id, note: 'not today' }),
    leaves: { type: 'answered', event: 'denied', server, tool: 'put', reason: 'not today' },
  },
  'asks.denyAll': {
    call: async () => {
      const { subject } = await asked('all');
      return control.asks.denyAll({ session: subject.kind === 'call' ? subject.session : '' });
    },
    leaves: { type: 'answered', event: 'denied', server, tool: 'put' },
  },
  'asks.answer': {
    call: async () => {
      const ask = await asked('granted');
      const { lives, reaches } = (ask.subject.kind === 'call' && ask.subject.offers) || { lives: [], reaches: [] };
      const [life, reach] = [lives[0], reaches[0]];
      if (!life || !reach) throw new Error('There is no grant on offer.');
      await agree(stage.daemon, { ask: ask.id }, { grant: { life, reach } });
    },
    leaves: { type: 'grant', event: 'given', server, tool: 'put', class: 'write' },
    by: WINDOW,
  },
  'grants.list': 'reads',
  'grants.revoke': {
    first: async () => {
      other.grant = (await control.grants.list())[0]?.id ?? '';
    },
    call: () => control.grants.revoke({ id: other.grant }),
    leaves: { type: 'grant', event: 'revoked', server, tool: 'put' },
  },
  'approvers.self': 'reads',
  'approvers.list': 'reads',
  'approvers.add': {
    call: () => control.approvers.add({ name: 'grace', key: elsewhereKey }),
    asks: { detail: { name: 'grace', fingerprint: expect.any(String) } },
    leaves: { type: 'approver', event: 'added', detail: { name: 'grace', fingerprint: expect.any(String) } },
  },
  'second.request': 'reads',
  'second.answer': 'reads',
  'second.consider': {
    call: () => control.second.consider({ request: requestFromElsewhere() }),
    asks: { tool: 'harmless', detail: { theirPerson: 'mallory' } },
    leaves: { type: 'answered', event: 'approved', tool: 'harmless', detail: { theirPerson: 'mallory' } },
  },
  'second.give': {
    first: async () => {
      const two = `@id("two")\nforbid (principal, action, resource == Tool::"${server}/put")\nunless { context.approvals >= 2 };\n`;
      writeFileSync(stage.path('config', 'organisation', 'two.cedar'), two);
      await control.policy.check();
      const { id } = await asked('two');
      await agree(stage.daemon, { ask: id });
      other.ask = id;
    },
    call: async () => {
      const { hash } = await control.asks.get({ id: other.ask });
      const times = { at: '2026-01-01T00:00:00.000000Z', deadline: '2999-01-01T00:00:00.000000Z' };
      const given = { version: 1, ask: other.ask, hash, key: elsewhereKey, person: 'grace', ...times };
      return control.second.give({ answer: blockFromElsewhere('answer', given) });
    },
    leaves: { type: 'answered', event: 'approved', server, tool: 'put', detail: { first: person, device: 'grace' } },
    by: { person: 'grace', via: 'countersignature' },
  },
  'approvers.remove': {
    call: async () => control.approvers.remove({ fingerprint: (await control.approvers.list())[0]?.fingerprint ?? '' }),
    leaves: { type: 'approver', event: 'removed', detail: { name: 'grace' } },
  },
  'switches.list': 'reads',
  'switches.kill': {
    call: () => control.switches.kill({ scope: tool }),
    leaves: { type: 'switch', event: 'killed', detail: { scope: 'tool', server, tool: 'put' } },
  },
  'switches.revive': {
    call: () => control.switches.revive({ scope: tool }),
    asks: { detail: { of: expect.stringContaining('put') } },
    leaves: { type: 'switch', event: 'revived', detail: { scope: 'tool', server, tool: 'put' } },
  },
  'secrets.list': 'reads',
  'secrets.wanted': 'reads',
  'secrets.set': {
    call: () => control.secrets.set({ name: 'TOKEN', value: 'hunter2 hunter2' }),
    asks: { detail: { name: 'TOKEN', value: 'given' } },
    leaves: { type: 'secret', event: 'set', detail: { name: 'TOKEN', helper: false, servers: null } },
  },
  'secrets.keepFor': {
    call: () => control.secrets.keepFor({ name: 'TOKEN', scope: { servers: [server] } }),
    asks: { detail: { name: 'TOKEN', value: 'kept' }, payloadText: expect.stringContaining(server) },
    leaves: { type: 'secret', event: 'bound', detail: { name: 'TOKEN', servers: server, serversBefore: null } },
  },
  'secrets.helper': {
    call: () => control.secrets.helper({ name: 'TOKEN', command: { command: process.execPath, args: ['-p', '1'] } }),
    asks: { detail: { name: 'TOKEN', value: 'helper' }, payloadText: expect.stringContaining(process.execPath) },
    leaves: { type: 'secret', event: 'rotated', detail: { name: 'TOKEN', helper: true } },
  },
  'secrets.revoke': {
    call: () => control.secrets.revoke({ name: 'TOKEN' }),
    leaves: { type: 'secret', event: 'revoked', detail: { name: 'TOKEN' } },
  },
  'policy.state': 'reads',
  'policy.check': 'reads',
  'policy.explain': 'reads',
  'policy.replay': 'reads',
  'policy.accept': {
    first: async () => {
      const mine = `@id("mine")\npermit (principal, action, resource == Tool::"${server}/look");\n`;
      writeFileSync(stage.path('config', 'policies', 'mine.cedar'), mine);
      await control.policy.check();
    },
    call: async () => control.policy.accept({ digest: (await control.policy.state()).proposal?.digest ?? '' }),
    asks: { detail: { version: expect.any(String) }, payloadText: expect.stringContaining('permit (principal') },
    leaves: {
      type: 'policy',
      event: 'accepted',
      detail: { files: 'mine.cedar' },
      digests: expect.objectContaining({ policy: expect.any(String), before: expect.any(String) }),
      payloadText: expect.stringContaining('permit (principal'),
    },
  },
  'passcode.set': {
    call: () => control.passcode.set(),
    asks: {},
    value: PASSCODE,
    leaves: { type: 'passcode', event: 'set', detail: { replaces: true } },
  },
  'proof.state': 'reads',
  'proof.mark': { none: 'it tells the approval window what to draw' },
  'proof.raise': {
    call: () => control.proof.raise({ to: 'all' }),
    leaves: { type: 'passcode', event: 'strictness', detail: { strictness: 'all', was: 'external' } },
  },
  'proof.lower': {
    call: () => control.proof.lower({ to: 'external' }),
    asks: { detail: { from: 'all', to: 'external' } },
    leaves: { type: 'passcode', event: 'strictness', detail: { strictness: 'external', was: 'all' } },
  },
  'proof.offer': {
    call: () => stage.daemon.approval.proof.offer({ system: 'touch-id' }),
    leaves: { type: 'passcode', event: 'system-offered', detail: { system: 'touch-id' } },
    by: { via: 'window' },
  },
  'audit.search': 'reads',
  'audit.rows': 'reads',
  'audit.rowOf': 'reads',
  'audit.show': 'reads',
  'audit.counts': 'reads',
  'audit.help': 'reads',
  'audit.searches': 'reads',
  'audit.verify': 'reads',
  'audit.retention': 'reads',
  'audit.export': {
    call: () => control.audit.export({ query: { text: 'server:recorder' }, as: 'csv', to: 'calls.csv' }),
    leaves: {
      type: 'export',
      event: 'begun',
      detail: { text: 'server:recorder', from: 0, as: 'csv', to: 'calls.csv' },
    },
  },
  'audit.exportPage': 'reads',
  'audit.prove': 'reads',
  'audit.proveSince': 'reads',
  'audit.identity': 'reads',
  'audit.tell': {
    call: () => control.audit.tell({ kind: 'prompt', conversation: 'x', prompt: 'Tidy up.' }),
    leaves: {
      type: 'told',
      event: 'prompt',
      ids: { conversation: 'x' },
      payloadText: expect.stringContaining('Tidy up.'),
    },
  },
  'audit.keepSearch': {
    call: () => control.audit.keepSearch({ name: 'mine', text: 'verdict:denied' }),
    leaves: {
      type: 'config',
      event: 'search-kept',
      detail: { name: 'mine' },
      payloadText: expect.stringContaining('verdict'),
    },
  },
  'audit.dropSearch': {
    call: () => control.audit.dropSearch({ name: 'mine' }),
    leaves: { type: 'config', event: 'search-dropped', detail: { name: 'mine' } },
  },
  'audit.setRetention': {
    call: () => control.audit.setRetention({ days: 3650, records: null, bytes: null }),
    asks: { detail: { days: 3650 } },
    leaves: { type: 'retention', event: 'set', detail: { days: 3650, daysWere: null } },
  },
  'sync.status': 'reads',
  'sync.enrol': {
    call: async () => {
      const { code } = await fleet.fleet.code({});
      return control.sync.enrol({ url: collector.url, code, sending: DEFAULT_SENDING });
    },
    asks: { detail: { url: expect.stringContaining('127.0.0.1') } },
    leaves: { type: 'sync', event: 'enrolled', detail: { organisation: 'Acme', url: expect.any(String) } },
  },
  'sync.rotate': {
    call: () => control.sync.rotate(),
    leaves: { type: 'sync', event: 'key-rotated' },
  },
  'sync.pause': {
    call: () => control.sync.pause(),
    asks: { detail: { what: 'pause', url: expect.any(String) } },
    leaves: { type: 'sync', event: 'paused' },
  },
  'sync.resume': {
    call: () => control.sync.resume(),
    leaves: { type: 'sync', event: 'resumed' },
  },
  'sync.leave': {
    call: () => control.sync.leave(),
    asks: { detail: { what: 'leave', url: expect.any(String) } },
    leaves: { type: 'sync', event: 'left', detail: { organisation: 'Acme' } },
  },
  'tour.state': 'reads',
  'tour.run': {
    call: async () => {
      const running = control.tour.run({ step: 'consent' });
      const { id } = await open(({ subject }) => subject.kind === 'consent' && subject.server === 'tour');
      await control.asks.deny({ id });
      return running;
    },
    leaves: { type: 'config', event: 'added', server: 'tour' },
    by: WINDOW,
  },
  'tour.reset': {
    call: () => control.tour.reset(),
    leaves: { type: 'config', event: 'removed', server: 'tour' },
    by: WINDOW,
  },
  'daemon.stop': {
    call: async () => {
      await control.daemon.stop();
      await stage.daemon.ended;
      close();
      await stage.whileStopped(() => {});
      ({ control, close } = await openControl(stage.home));
    },
    leaves: { type: 'daemon', event: 'stopped', reason: 'stopped by a person' },
  },
  'passcode.unlock': {
    call: async () => {
      close();
      const { approval } = await stage.whileStopped(() => {}, { locked: true });
      expect(await refusedWith(approval.passcode.unlock({ passcode: 'not this one' }))).toBe('PASSCODE_WRONG');
      await approval.passcode.unlock({ passcode: PASSCODE });
      ({ control, close } = await openControl(stage.home));
    },
    leaves: { type: 'daemon', event: 'unlocked', detail: { failures: 1 } },
    by: WINDOW,
  },
};

let seen = -1;
/** What was recorded since the last look, the oldest first. */
async function news(): Promise<RecordView[]> {
  const { audit } = stage.daemon.app;
  const { records } = await audit.search({ limit: 200 });
  const fresh = records.filter(({ seq }) => seq > seen).reverse();
  seen = fresh.at(-1)?.seq ?? seen;
  // A page of a search leaves long payloads out.
  const whole = await Promise.all(fresh.map(({ id }) => audit.show({ id })));
  return whole.flatMap((call, at) => call.filter(({ id }) => id === fresh[at]?.id));
}

/** A record that says at least this. */
const saying = ({ detail, ...said }: Said) =>
  expect.objectContaining({ ...said, ...(detail && { detail: expect.objectContaining(detail) }) });

const changes = Object.entries(PROCEDURES).flatMap(([name, change]) =>
  change === 'reads' || 'none' in change ? [] : [{ name, ...change }],
);

test.each(changes)('$name is on record: what, who, by which way', async ({ first, call, asks, value, leaves, by }) => {
  await first?.();
  await news();
  if (asks === undefined) {
    await call();
    return expect(await news()).toContainEqual(saying({ ...leaves, ...(by ?? CONTROL) }));
  }
  // The whole question is kept where it is asked; its answer names what it is about.
  const { payloadText: _, ...about } = asks;

  const { ask: refused } = (await call()) as { ask: string };
  await control.asks.deny({ id: refused });
  const no = await news();
  expect(no).toContainEqual(saying({ ...asks, type: 'asked', ask: refused, ...CONTROL }));
  expect(no).toContainEqual(saying({ ...about, type: 'answered', event: 'denied', ask: refused, ...CONTROL }));
  expect(no).not.toContainEqual(saying({ type: leaves.type, event: leaves.event }));

  const { ask } = (await call()) as { ask: string };
  await agree(stage.daemon, { ask }, value === undefined ? {} : { value });
  const yes = await news();
  expect(yes).toContainEqual(saying({ ...asks, type: 'asked', ask, ...CONTROL }));
  expect(yes).toContainEqual(saying({ ...about, type: 'answered', event: 'approved', ask, ...WINDOW }));
  expect(yes).toContainEqual(saying({ ...leaves, ...WINDOW, ask }));
  // The question, its answer and what that brought about are found from any of them.
  const question = yes.filter((record) => record.ask === ask);
  expect(await control.audit.show({ id: question.at(-1)?.id ?? '' })).toEqual(question);
});

test('what reads, and nothing else, is listed as reading', () => {
  const reads = Object.entries(api).flatMap(([area, procedures]) =>
    Object.entries(procedures).flatMap(([name, procedure]) =>
      (procedure['~orpc'].meta as { kind: OperationKind }).kind === 'reading' ? [`${area}.${name}`] : [],
    ),
  );
  const listed = Object.entries(PROCEDURES).flatMap(([name, change]) => (change === 'reads' ? [name] : []));
  expect(listed.sort()).toEqual(reads.sort());
});

test('what is called in the app is on record as done in its window', async () => {
  await stage.daemon.app.servers.add({ name: 'mine', entry: stage.entry() });
  const { ask } = await stage.daemon.app.servers.consent(await launchOf('mine'));
  await stage.daemon.app.asks.deny({ id: ask });
  const records = await news();
  expect(records).toContainEqual(saying({ type: 'config', event: 'added', server: 'mine', ...WINDOW }));
  expect(records).toContainEqual(saying({ type: 'asked', event: 'consent', server: 'mine', ...WINDOW }));
  expect(records).toContainEqual(saying({ type: 'answered', event: 'denied', server: 'mine', ...WINDOW }));
});

test('where no window is, what is answered with the passcode is on record as done on a terminal', async () => {
  const home = makeHome();
  const terminal = new Terminal(
    process.execPath,
    [join(PROJECT, 'main/shells/cli/bin.cjs'), 'daemon'],
    ownEnvironment(home),
  );
  for (const question of ['New passcode', 'Once more']) {
    await terminal.reads(question);
    terminal.types(PASSCODE);
  }
  await terminal.reads('http://127.0.0.1:');
  const { control, close } = await openControl(home);
  const { ask } = await control.secrets.set({ name: 'TOKEN', value: 'hunter2 hunter2' });
  const { hash } = await control.asks.get({ id: ask });
  const answer = async (passcode: string) => {
    const proof = await proofThrough(control, { id: ask, hash }, passcode);
    return control.asks.answer({ id: ask, hash, approve: true, proof });
  };
  expect(await refusedWith(answer('not this one'))).toBe('PASSCODE_WRONG');
  await answer(PASSCODE);
  const { records } = await control.audit.search({});
  close();
  await terminal.close();
  home.remove();
  const there = { person, via: 'terminal' } as const;
  expect(records).toContainEqual(saying({ type: 'passcode', event: 'set', ...there }));
  expect(records).toContainEqual(saying({ type: 'daemon', event: 'headless', ...there }));
  expect(records).toContainEqual(saying({ type: 'asked', event: 'secret', ask, ...CONTROL }));
  expect(records).toContainEqual(saying({ type: 'passcode', event: 'failed', ask, via: 'terminal' }));
  const proved = { proof: 'passcode', name: 'TOKEN' };
  expect(records).toContainEqual(saying({ type: 'answered', event: 'approved', ask, ...there, detail: proved }));
  expect(records).toContainEqual(saying({ type: 'secret', event: 'set', ask, ...there }));
});

test('what is edited by hand is on record as found in its file, with what it was', async () => {
  await news();
  writeFileSync(stage.path('config', 'policies', 'no.cedar'), '@id("no")\nforbid (principal, action, resource);\n');
  await control.policy.check();
  expect(await news()).toContainEqual(
    saying({
      type: 'policy',
      event: 'tightened',
      via: 'file',
      detail: { files: 'no.cedar' },
      payloadText: expect.stringContaining('"before":null'),
    }),
  );
  const { records: byHand } = await control.audit.search({ text: 'via:hand type:policy event:tightened no.cedar' });
  expect(byHand).toHaveLength(1);

  const found = saying({ type: 'config', event: 'found-added', server: 'handmade', via: 'file' });
  const servers = { handmade: { command: 'x', env: { PLAIN: 'never on record' } } };
  writeFileSync(stage.path('config', 'servers.json'), JSON.stringify({ mcpServers: servers }));
  const records: RecordView[] = [];
  await expect.poll(async () => records.push(...(await news())) && records, { timeout: 20_000 }).toContainEqual(found);
  expect(JSON.stringify(records)).not.toContain('never on record');

  close();
  await stage.whileStopped(() => writeFileSync(stage.path('config', 'servers.json'), '{"mcpServers": {}}'));
  ({ control, close } = await openControl(stage.home));
  const removed = { type: 'config', event: 'found-removed', server: 'handmade', via: 'file' } as const;
  expect(await news()).toContainEqual(saying({ ...removed, payloadText: expect.stringContaining('"command":"x"') }));
});
