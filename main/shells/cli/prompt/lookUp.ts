import { Refused } from '../../../contract/errors.ts';
import type { PackageNews } from '../../../contract/package.ts';
import type { Output } from '../output.ts';

const STEPS = {
  package: 'asking for the package',
  tree: 'resolving what comes with it',
  checks: 'checking what can be proved',
};

/** Follows a look-up to its end, telling whoever waits; gives what it found. Rejects with what it rejects with. */
export async function lookUp(
  news: AsyncIterable<PackageNews>,
  out: Pick<Output, 'note'>,
): Promise<Extract<PackageNews, { kind: 'truth' }>> {
  let step: string | null = null;
  for await (const one of news) {
    if (one.kind === 'truth') return one;
    if (one.step !== step) out.note(`${STEPS[one.step]}…`);
    step = one.step;
  }
  throw new Refused('PACKAGE_UNAVAILABLE', 'the look-up ended without an answer');
}
