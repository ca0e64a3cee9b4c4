import type { Results } from './results.ts';
import { PASSING } from './subjects.ts';

/** A budget of the design, what was measured, and whether it holds. */
export interface Budget {
  readonly what: string;
  readonly limit: string;
  readonly measured: string;
  readonly holds: boolean;
}

const ms = (value: number) => `${value.toFixed(3)} ms`;
const mib = (value: number) => `${value.toFixed(1)} MiB`;

/** The budgets of DESIGN.md that this run can judge. */
export function judge({ subjects, bare, relay, daemonMemory }: Results): Budget[] {
  const { direct, Countersign: ours, [PASSING]: _, ...peers } = subjects;
  if (direct === undefined || ours === undefined) throw new Error('direct and Countersign were not measured');
  const added = ours.p50 - direct.p50;
  const tail = ours.p99 - direct.p99;
  const ratio = ours.bigP50 / direct.bigP50;
  const least = Math.min(...Object.values(peers).map(({ p50 }) => p50 - direct.p50));
  return [
    { what: 'added latency, p50', limit: '0.15 ms or less', measured: ms(added), holds: added <= 0.15 },
    {
      what: 'added latency, p50, below every peer',
      limit: `less than ${ms(least)}`,
      measured: ms(added),
      holds: added < least,
    },
    { what: 'added latency, p99', limit: '1 ms or less', measured: ms(tail), holds: tail <= 1 },
    {
      what: 'a 64 KiB result',
      limit: '1.5 times direct or less',
      measured: `${ratio.toFixed(2)} times`,
      holds: ratio <= 1.5,
    },
    {
      what: '64 calls in flight',
      limit: '15,000 a second or more',
      measured: `${Math.round(ours.honestRate)} a second`,
      holds: ours.honestRate >= 15_000,
    },
    {
      what: 'relay start over bare Node',
      limit: '30 ms or less',
      measured: ms(relay.start - bare.start),
      holds: relay.start - bare.start <= 30,
    },
    {
      what: 'relay memory over bare Node',
      limit: '5 MiB or less',
      measured: mib(relay.memory - bare.memory),
      holds: relay.memory - bare.memory <= 5,
    },
    {
      what: 'daemon with ten idle servers',
      limit: '120 MiB or less',
      measured: mib(daemonMemory),
      holds: daemonMemory <= 120,
    },
  ];
}
