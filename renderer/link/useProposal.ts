import { useState } from 'react';
import type { AskView } from '../../main/contract/ask.ts';
import type { Refusal } from '../../main/contract/errors.ts';
import type { Link } from './link.ts';
import { useAsk } from './queries.ts';
import { useAction } from './useAction.ts';

/** Something that loosens protection: proposing it raises an ask, `view` follows that ask until it is answered. */
export interface Proposal<Input> {
  propose(input: Input): void;
  readonly busy: boolean;
  readonly refusal: Refusal | null;
  readonly view: AskView | null;
  dismiss(): void;
}

/** Wraps a loosening procedure. */
export function useProposal<Input = void>(
  act: (link: Link, input: Input) => Promise<{ ask: string }>,
): Proposal<Input> {
  const [ask, setAsk] = useState<string | null>(null);
  const action = useAction<Input, { ask: string }>(act, (output) => setAsk(output.ask));
  const query = useAsk(ask);
  return {
    propose: (input) => {
      setAsk(null);
      action.run(input);
    },
    busy: action.busy,
    refusal: action.refusal,
    view: ask === null ? null : (query.data ?? null),
    dismiss: () => {
      setAsk(null);
      action.reset();
    },
  };
}
