import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, inject, onTestFailed, test } from 'vitest';
import { type AppAsProcess, openAppProcess } from '../fixtures/appAsProcess.ts';
import { type Counted, leftAfter, processesOf } from '../fixtures/census.ts';
import { connectCommand } from '../fixtures/client.ts';
import { ownEnvironment } from '../fixtures/daemon.ts';
import type { Operations } from '../fixtures/door.ts';
import { type Home, makeHome, PROJECT } from '../fixtures/home.ts';
import { callsIn, intended, openCalls, recordsOf, seenBy } from './recorded.ts';

/** What a run tries that was not told otherwise (`npm run faults -- 200`). */
const kills = inject('kills') ?? 20;
const VICTIMS = ['daemon', 'relay', 'server', 'app'] as const;
type Victim = (typeof VICTIMS)[number];
/** SECURITY.md, figures: survivors two seconds after a stop or a kill. */
const GONE_MS = 2000;
/** A relay waits five seconds for a daemon that is starting, before it refuses. */
const ANSWERED_MS = 8000;
/** The longest time from the start of a client to the kill. */
const LATEST_MS = 900;
/** Each client calls `look` from three loops and `put` from one. */
const LOOPS = ['look', 'look', 'look', 'put'];

/** A client with its calls under way. */
interface Calling {
  readonly client: Client;
  readonly relay: number;
  answered: number;
  /** Resolves when no request waits for an answer any more. */
  readonly settled: Promise<unknown>;
  stop(): void;
}

describe.each([
  { hold: 'private process ids (bubblewrap)', withoutBubblewrap: false, leaves: 'clean' },
  { hold: 'process group', withoutBubblewrap: true, leaves: 'keep' },
])('with trees held by $hold', ({ hold, withoutBubblewrap, leaves }) => {
  let home: Home;
  let log: string;
  let running: AppAsProcess | null = null;
  let round = 0;

  const open = async () => {
    running ??= await openAppProcess(home, withoutBubblewrap);
    return running;
  };
  /** The processes of the recording server's trees, whoever their parent is. */
  const serving = (): Counted[] => processesOf(home).filter(({ command }) => command.includes(log));

  beforeAll(async () => {
    home = makeHome();
    log = join(home.folder, 'received');
    const { control } = await open();
    const server = 'recorder';
    const args = [join(PROJECT, 'e2e/servers/recording.ts'), log, leaves];
    await control.servers.add({ name: server, entry: { command: process.execPath, args } });
    const { digest, launch } = await control.servers.review({ server });
    expect(launch?.sandbox).toContain(hold);
    const consent = await control.servers.consent({ server, digest: digest ?? '' });
    expect(await control.asks.wait({ id: consent.ask })).toMatchObject({ state: 'approved' });
    await control.servers.start({ server });
    const tools = (await control.tools.list({ server })).map(({ name, digest }) => ({
      name,
      digest,
      class: name === 'look' ? ('read' as const) : ('write' as const),
    }));
    const pins = await control.tools.accept({ server, tools });
    expect(await control.asks.wait({ id: pins.ask })).toMatchObject({ state: 'approved' });
  });

  afterAll(async () => {
    const { control } = await open();
    const outcomes = await recordsOf(control, 'outcome');
    const unknown = outcomes.filter(({ event }) => event === 'unknown').length;
    console.log(
      `${hold}: ${round} kills, ${callsIn(log).length} calls received, ${outcomes.length} outcomes, ${unknown} of them unknown`,
    );
    expect(callsIn(log)).not.toEqual([]);
    await running?.quit();
    expect(await leftAfter(GONE_MS, () => processesOf(home))).toEqual([]);
    home.remove();
  });

  async function call(): Promise<Calling> {
    round += 1;
    const transport = new StdioClientTransport({
      ...connectCommand('recorder'),
      env: ownEnvironment(home),
      stderr: 'ignore',
    });
    const client = new Client({ name: 'faults', version: '1.0.0' });
    const connected = client.connect(transport);
    let over = false;
    client.onclose = () => {
      over = true;
    };
    const calling: Calling = {
      client,
      relay: transport.pid ?? 0,
      answered: 0,
      settled: connected.then(
        () => Promise.all(LOOPS.map(loop)),
        () => {
          over = true;
        },
      ),
      stop: () => {
        over = true;
      },
    };
    let n = 0;
    async function loop(name: string) {
      while (!over) {
        n += 1;
        await client.callTool({ name, arguments: { n: `${round}.${n}` } }).then(
          ({ isError }) => {
            if (!isError) calling.answered += 1;
          },
          () => {},
        );
      }
    }
    return calling;
  }

  /** Waits until a person is asked about a call. */
  async function prompted(control: Operations) {
    while ((await control.asks.list({ open: true })).length === 0) await pause(10);
  }

  /** The process to kill: of a server's tree its first one, or the program itself where that is another. */
  function pick(victim: Victim, { app, daemon }: AppAsProcess, { relay }: Calling): number {
    if (victim === 'app') return app;
    if (victim === 'daemon') return daemon;
    const tree = serving().filter(({ command }) => command.includes('recording.ts'));
    const program = tree.find(({ command }) => !command.includes('bwrap'));
    // Before the server has started there is nothing of it to kill, and the relay has to do.
    return (victim === 'server' && (Math.random() < 0.5 ? tree[0] : program)?.pid) || relay;
  }

  const rounds = Array.from({ length: Math.ceil(kills / 2) }, (_, number) => ({
    victim: VICTIMS[number % VICTIMS.length] as Victim,
    prompt: Math.floor(number / VICTIMS.length) % 2 === 1,
    moment: Math.round(Math.random() * LATEST_MS),
  }));

  test.each(rounds)(
    'the $victim is killed after $moment ms (a prompt stays open: $prompt)',
    async ({ victim, prompt, moment }) => {
      const before = await open();
      before.answering(!prompt);
      onTestFailed(async () => {
        for (const { pid } of processesOf(home)) process.kill(pid, 'SIGKILL');
        running = null;
      });
      const calling = await call();
      if (prompt) await prompted(before.control);
      await pause(moment);
      process.kill(pick(victim, before, calling), 'SIGKILL');

      if (victim === 'app') {
        // The daemon goes on with what needs no person, until its last session ends.
        const { content, isError } = await calling.client
          .callTool({ name: 'look', arguments: { n: `${round}.alone` } })
          .catch(() => ({ content: null, isError: true }));
        // A client that was still connecting may have found no daemon at all.
        if (calling.answered > 0) expect({ content, isError }).toMatchObject({ content: [{ text: `${round}.alone` }] });
        calling.stop();
      }
      await Promise.race([calling.settled, pause(ANSWERED_MS).then(() => expect.fail('a request was never answered'))]);
      await calling.client.close();

      if (victim === 'app' || victim === 'daemon') {
        expect(await leftAfter(GONE_MS, () => processesOf(home))).toEqual([]);
        running = null;
      } else {
        expect(await leftAfter(GONE_MS, () => serving())).toEqual([]);
      }
      const { control } = await open();
      const known = await intended(control);
      expect(seenBy(log).filter((bytes) => !known.has(bytes))).toEqual([]);
      if (prompt)
        expect(
          callsIn(log).filter(({ name, arguments: { n } }) => name === 'put' && n.startsWith(`${round}.`)),
        ).toEqual([]);
      expect(await openCalls(control)).toEqual([]);
      expect(await control.audit.verify()).toMatchObject({ ok: true, fault: null });
      expect((await control.asks.list({ open: true })).map(({ id }) => id)).toEqual([]);
      expect((await control.daemon.status()).problems).toEqual([]);
    },
  );
});
