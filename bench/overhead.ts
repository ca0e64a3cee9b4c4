/** Countersign and its peers side by side in one run, against the design's budgets. */
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { judge } from './budgets.ts';
import { startCountersign } from './countersign.ts';
import { openLinePeer } from './linePeer.ts';
import { bareNodeMiB, residentMiB } from './memory.ts';
import { packageStart } from './packageStart.ts';
import { initialize } from './peer.ts';
import { reportText } from './report.ts';
import type { Results } from './results.ts';
import { type Amounts, measureAll } from './rounds.ts';
import { PROGRAMS, SERVERS } from './setting.ts';
import { relayStart } from './startUp.ts';
import { subjectsFor } from './subjects.ts';
import { verdictTimes } from './verdict.ts';

const FULL: Amounts = { rounds: 10, sequential: 500, inFlight: 4000, big: 100, starts: 7 };
const QUICK: Amounts = { rounds: 2, sequential: 200, inFlight: 1000, big: 30, starts: 2 };
const IDLE_SERVERS = 10;
/** The ledger's worker is let go after a minute. */
const IDLE_MS = 65_000;
const tell = (text: string) => void process.stderr.write(`${text}\n`);

export async function measureOverhead({ json, quick }: { json: boolean; quick: boolean }): Promise<void> {
  const amounts = quick ? QUICK : FULL;
  const countersign = await startCountersign();
  try {
    tell('admitting servers');
    for (const [name, args] of Object.entries(SERVERS)) await countersign.admit(name, args);
    for (let idle = Object.keys(SERVERS).length; idle < IDLE_SERVERS; idle += 1)
      await countersign.admit(`idle-${idle}`, SERVERS.honest);
    if (!quick) {
      tell('waiting until the daemon is idle');
      await pause(IDLE_MS);
    }
    const daemonMemory = await residentMiB(countersign.pid);

    tell('starting relays');
    const start = await relayStart(countersign, amounts.starts * 3);
    const relay = openLinePeer([PROGRAMS.relay, 'honest'], countersign.env);
    await initialize(relay);
    const relayMemory = await residentMiB(relay.pid);
    await relay.close();

    const subjects = await measureAll(subjectsFor(countersign), amounts, tell);
    tell('starting a package');
    const packaged = await packageStart(countersign, amounts.starts);
    tell('judging by many policies');
    const results: Results = {
      node: process.versions.node,
      platform: `${process.platform} ${process.arch}`,
      cores: availableParallelism(),
      rounds: amounts.rounds,
      subjects,
      verdicts: await verdictTimes(countersign, amounts.sequential),
      bare: { start: start.bare, memory: await bareNodeMiB() },
      relay: { start: start.relay, memory: relayMemory },
      packageStart: packaged,
      daemonMemory,
    };
    const budgets = judge(results);
    console.log(json ? JSON.stringify({ ...results, budgets }) : reportText(results, budgets));
  } finally {
    await countersign.close();
  }
}
