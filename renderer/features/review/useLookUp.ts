import { useEffect, useRef, useState } from 'react';
import type { Refusal } from '../../../main/contract/errors.ts';
import { useLink } from '../../link/LinkProvider.tsx';
import { LOOK_UP_BEGINS, type LookUpProgress, lookUp } from '../../link/lookUp.ts';
import { refusalOf } from '../../link/refusal.ts';

export interface LookUp {
  /** Asks the registry; a look-up that is under way ends. `scripts` are packages whose install scripts are to run. */
  run(wishes: { readonly fresh: boolean; readonly scripts?: string[] }): void;
  cancel(): void;
  /** Null when none is under way. */
  readonly progress: LookUpProgress | null;
  readonly refusal: Refusal | null;
  /** Why it cannot be pinned, from the last look-up; null when it can. */
  readonly notPinned: string | null;
  /** Whether one has ended since this was shown. */
  readonly done: boolean;
}

/** A look-up of a server's package, which ends when nobody shows it any more. */
export function useLookUp(server: string): LookUp {
  const link = useLink();
  const running = useRef<AbortController | null>(null);
  const [progress, setProgress] = useState<LookUp['progress']>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [notPinned, setNotPinned] = useState<string | null>(null);
  const [done, setDone] = useState(false);
  useEffect(() => () => running.current?.abort(), []);

  async function run(wishes: { fresh: boolean; scripts?: string[] }): Promise<void> {
    running.current?.abort();
    const own = new AbortController();
    running.current = own;
    setProgress(LOOK_UP_BEGINS);
    setRefusal(null);
    try {
      const found = await lookUp(link, { server, ...wishes }, { tell: setProgress, signal: own.signal });
      if (own.signal.aborted) return;
      setNotPinned(found.notPinned);
    } catch (error) {
      if (own.signal.aborted) return;
      setRefusal(refusalOf(error));
    }
    setProgress(null);
    setDone(true);
  }

  return {
    run: (wishes) => void run(wishes),
    cancel: () => {
      running.current?.abort();
      setProgress(null);
      setDone(true);
    },
    progress,
    refusal,
    notPinned,
    done,
  };
}
