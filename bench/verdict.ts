import type { Countersign } from './countersign.ts';
import { median } from './figures.ts';
import { openLinePeer } from './linePeer.ts';
import { sequential } from './measure.ts';
import { initialize, type Peer } from './peer.ts';
import { PROGRAMS } from './setting.ts';

/** How many policies of the person stand beside those that ship. */
const SIZES = [10, 500];
const WARM = 200;

/** What so many policies, each of which reads the call's argument, make of a call: medians in milliseconds. */
export interface VerdictFigures {
  readonly policies: number;
  /** The same arguments again: the verdict is remembered. */
  readonly known: number;
  /** Arguments not seen before: Cedar is asked. */
  readonly anew: number;
}

/** Measures last of all: the policies it adds stay in force. */
export async function verdictTimes(countersign: Countersign, calls: number): Promise<VerdictFigures[]> {
  const relay = openLinePeer([PROGRAMS.relay, 'honest'], countersign.env);
  await initialize(relay);
  const figures: VerdictFigures[] = [];
  let unseen = 0;
  for (const policies of SIZES) {
    await countersign.forbid(policies);
    const known = () => echo(relay, 'hello');
    const anew = () => echo(relay, `hello ${++unseen}`);
    await sequential(known, WARM);
    await sequential(anew, WARM);
    figures.push({
      policies,
      known: median(await sequential(known, calls)),
      anew: median(await sequential(anew, calls)),
    });
  }
  await relay.close();
  return figures;
}

const echo = (peer: Peer, message: string) => peer.request('tools/call', { name: 'echo', arguments: { message } });
