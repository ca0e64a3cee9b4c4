/** From chosen entries to protected ones: what is asked next, and of whom. */
import { useEffect, useRef, useState } from 'react';
import type { ClientsChoice } from '../../../main/contract/client.ts';
import { refusalText } from '../../../main/contract/errors.ts';
import type { LaunchReview } from '../../../main/contract/launch.ts';
import { useAction } from '../../link/useAction.ts';
import { type Proposal, useProposal } from '../../link/useProposal.ts';
import { type PackageLooks, usePackageLooks } from './packageLooks.ts';

type Launch = Pick<LaunchReview, 'server'> & { readonly digest: string };

/** A severe finding makes a launch a question of its own. */
export interface Reviewed {
  readonly together: readonly Launch[];
  readonly apart: readonly Launch[];
  /** Servers that cannot be resolved now, with why. */
  readonly problems: readonly { readonly server: string; readonly why: string }[];
}

/** Where the way stands: choose, look packages up, then agree to what runs, then to what is written. */
export type Step = 'choose' | 'look' | 'agree' | 'apart' | 'protect' | 'done';

export interface Setup {
  readonly step: Step;
  readonly reviewed: Reviewed | null;
  /** What registries say of the packages among it, before anybody is asked. */
  readonly packages: PackageLooks;
  begin(): void;
  readonly busy: boolean;
  readonly refusal: ReturnType<typeof useAction>['refusal'];
  /** What a person is asked now; null while nobody is. */
  readonly asked: Proposal<never> | null;
  reset(): void;
}

/** Sorts reviews by how they are asked about; those already agreed to are not. */
export function sortReviews(reviews: readonly LaunchReview[]): Reviewed {
  const open = reviews.flatMap((review) =>
    review.digest === null || review.consent === 'given' ? [] : [{ ...review, digest: review.digest }],
  );
  const isSevere = ({ findings }: LaunchReview) => findings.some(({ severity }) => severity === 'severe');
  const launch = ({ server, digest }: { server: string; digest: string }) => ({ server, digest });
  return {
    together: open.filter((review) => !isSevere(review)).map(launch),
    apart: open.filter(isSevere).map(launch),
    problems: reviews.flatMap(({ server, problem }) => (problem ? [{ server, why: refusalText(problem) }] : [])),
  };
}

/** Leads through the steps: each answer raises the next question by itself, and a no ends the way. */
export function useSetup(choice: ClientsChoice): Setup {
  const [step, setStep] = useState<Step>('choose');
  const [next, setNext] = useState(0);
  const handled = useRef<string | null>(null);
  const packages = usePackageLooks();
  const agree = useProposal((link, servers: Launch[]) => link.servers.consentAll({ servers }));
  const apart = useProposal((link, launch: Launch) => link.servers.consent(launch));
  const protect = useProposal(async (link) => {
    const { digest } = await link.clients.plan(choice);
    return link.clients.protect({ ...choice, digest });
  });
  const begin = useAction(
    async (link) => {
      const { digest } = await link.clients.plan(choice);
      const { servers } = await link.clients.import({ ...choice, digest });
      // Looked up first, so that what is agreed to is one exact version, from the store.
      const reviews = await packages.review(link, servers);
      return reviews && sortReviews(reviews);
    },
    (reviewed) => reviewed && goOn('look', reviewed, 0),
  );
  const reviewed = begin.result ?? null;

  function goOn(from: Step, found: Reviewed, index: number): void {
    const launch = found.apart[index];
    if (from === 'look' && found.together.length > 0) {
      setStep('agree');
      agree.propose([...found.together]);
    } else if (launch) {
      setStep('apart');
      setNext(index + 1);
      apart.propose(launch);
    } else {
      setStep('protect');
      protect.propose();
    }
  }

  const asked = { choose: null, look: null, agree, apart, protect, done: null }[step];
  const view = asked?.view ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer is taken once, when it comes
  useEffect(() => {
    if (view === null || view.state === 'open' || handled.current === view.id || reviewed === null) return;
    handled.current = view.id;
    // A launch with a severe finding that is denied stays without consent: protected, it cannot start.
    if (view.state !== 'approved' && step !== 'apart') return;
    if (step === 'protect') setStep('done');
    else goOn(step, reviewed, next);
  }, [view?.id, view?.state]);

  return {
    step: step === 'look' && begin.refusal !== null ? 'choose' : step,
    reviewed,
    packages,
    begin: () => {
      setStep('look');
      begin.run();
    },
    busy: begin.busy || (asked?.busy ?? false),
    refusal: begin.refusal ?? asked?.refusal ?? null,
    asked: asked as Proposal<never> | null,
    reset: () => {
      setStep('choose');
      setNext(0);
      packages.reset();
      for (const one of [agree, apart, protect]) one.dismiss();
      begin.reset();
    },
  };
}
