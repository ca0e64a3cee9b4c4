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
  /** The same arguments again, with one policy more that reads the time: Cedar is asked each time. Null where it was not tried. */
  readonly timed: number | null;
}

/** Measures last of all: the policies it adds stay in force. */
export async function verdictTimes(countersign: Countersign, calls: number): Promise<VerdictFigures[]> {
  const relay = openLinePeer([PROGRAMS.relay, 'honest'], countersign.env);
  await initialize(relay);
  const figures: VerdictFigures[] = [];
  let unseen = 0;
  for (const policies of SIZES) {
    await countersign.forbid(policies, false);
    const known = () => echo(relay, 'hello');
    const anew = () => echo(relay, `hello ${++unseen}`);
    await sequential(known, WARM);
    await sequential(anew, WARM);
    const remembered = median(await sequential(known, calls));
    const asked = median(await sequential(anew, calls));
    // A forbid stays once it is in force: what reads the time comes last.
    const last = policies === SIZES.at(-1);
    if (last) await countersign.forbid(policies, true);
    const timed = last ? median(await sequential(known, calls)) : null;
    figures.push({ policies, known: remembered, anew: asked, timed });
  }
  await relay.close();
  return figures;
}

const echo = (peer: Peer, message: string) => peer.request('tools/call', { name: 'echo', arguments: { message } });
