import { median, percentile } from './figures.ts';
import { inFlight, sequential, timed } from './measure.ts';
import { residentMiB } from './memory.ts';
import { callBig, callEcho, type Peer } from './peer.ts';
import type { Figures } from './results.ts';
import type { Subject } from './subjects.ts';

export interface Amounts {
  readonly rounds: number;
  /** Calls of each kind in one round. */
  readonly sequential: number;
  readonly inFlight: number;
  readonly big: number;
  readonly starts: number;
}

const BIG_BYTES = 64 * 1024;
const WIDTH = 64;

interface Samples {
  readonly calls: number[];
  readonly big: number[];
  readonly everythingRates: number[];
  readonly honestRates: number[];
  readonly starts: number[];
  readonly everything: Peer;
  readonly honest: Peer;
}

/** Measures every subject in rounds, one after the other within each, so that what disturbs the machine disturbs all alike. */
export async function measureAll(
  subjects: readonly Subject[],
  amounts: Amounts,
  tell: (text: string) => void,
): Promise<Record<string, Figures>> {
  const all = new Map<Subject, Samples>();
  for (const subject of subjects) {
    tell(`opening ${subject.name}`);
    const [everything, honest] = [await subject.open('everything'), await subject.open('honest')];
    all.set(subject, { calls: [], big: [], everythingRates: [], honestRates: [], starts: [], everything, honest });
  }
  try {
    for (const { everything, honest } of all.values()) await warm(everything, honest, amounts);
    for (let round = 1; round <= amounts.rounds; round += 1) {
      tell(`round ${round} of ${amounts.rounds}`);
      for (const samples of all.values()) await oneRound(samples, amounts);
    }
    for (let start = 0; start < amounts.starts; start += 1) {
      tell(`start ${start + 1} of ${amounts.starts}`);
      for (const [subject, { starts }] of all) starts.push(await startOnce(subject));
    }
    const entries = [...all].map(async ([subject, samples]) => [subject.name, await figuresOf(samples)] as const);
    return Object.fromEntries(await Promise.all(entries));
  } finally {
    await Promise.all([...all.values()].flatMap(({ everything, honest }) => [everything.close(), honest.close()]));
  }
}

async function warm(everything: Peer, honest: Peer, amounts: Amounts) {
  await sequential(() => callEcho(everything), amounts.sequential);
  await inFlight(() => callEcho(honest), amounts.inFlight, WIDTH);
  await sequential(() => callBig(honest, BIG_BYTES), 20);
}

async function oneRound({ everything, honest, calls, big, everythingRates, honestRates }: Samples, amounts: Amounts) {
  calls.push(...(await sequential(() => callEcho(everything), amounts.sequential)));
  big.push(...(await sequential(() => callBig(honest, BIG_BYTES), amounts.big)));
  everythingRates.push(await inFlight(() => callEcho(everything), amounts.inFlight, WIDTH));
  honestRates.push(await inFlight(() => callEcho(honest), amounts.inFlight, WIDTH));
}

async function startOnce(subject: Subject): Promise<number> {
  let peer: Peer | undefined;
  const took = await timed(async () => {
    peer = await subject.open('honest');
  });
  await peer?.close();
  return took;
}

async function figuresOf({ calls, big, everythingRates, honestRates, starts, honest }: Samples): Promise<Figures> {
  return {
    p50: median(calls),
    p99: percentile(calls, 0.99),
    bigP50: median(big),
    everythingRate: median(everythingRates),
    honestRate: median(honestRates),
    start: median(starts),
    memory: await residentMiB(honest.pid),
  };
}
