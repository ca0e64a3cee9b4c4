import { useMutation } from '@tanstack/react-query';
import type { Refusal } from '../../main/contract/errors.ts';
import { useLink } from './LinkProvider.tsx';
import type { Link } from './link.ts';
import { refusalOf } from './refusal.ts';

/** Something to do once: `run` starts it, `busy` while it runs, `refusal` when it did not happen. */
export interface Action<Input, Output> {
  run(input: Input): void;
  readonly busy: boolean;
  readonly refusal: Refusal | null;
  readonly result: Output | undefined;
  reset(): void;
}

/** Wraps a call of the daemon; `then` runs after it succeeded. */
export function useAction<Input = void, Output = unknown>(
  act: (link: Link, input: Input) => Promise<Output>,
  then?: (output: Output, input: Input) => void,
): Action<Input, Output> {
  const link = useLink();
  const mutation = useMutation({
    mutationFn: (input: Input) => act(link, input),
    onSuccess: (output, input) => then?.(output, input),
  });
  return {
    run: (input) => mutation.mutate(input),
    busy: mutation.isPending,
    refusal: mutation.error === null ? null : refusalOf(mutation.error),
    result: mutation.data,
    reset: mutation.reset,
  };
}
