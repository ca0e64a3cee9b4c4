import { mapEventIterator, ORPCError } from '@orpc/client';
import { type Refusal, Refused, refusal } from '../../../contract/errors.ts';

/** The error of a refusal on the wire: its code, its sentence, and the refusal as data. */
export function wireError(value: Refusal): ORPCError<string, Refusal> {
  return new ORPCError(value.code, { message: value.message, data: value });
}

/** Nothing but refusals from the closed list goes out; what else was thrown is a `fault` of ours, and goes as INTERNAL. */
export function onlyRefusals(fault: (error: unknown) => void) {
  const error = (thrown: unknown): unknown => {
    if (thrown instanceof Refused) return wireError(thrown.refusal);
    if (thrown instanceof ORPCError) return thrown;
    fault(thrown);
    return wireError(refusal('INTERNAL'));
  };
  return {
    error,
    /** The same for what a stream throws on its way; whatever is no stream is given back. */
    stream<Output>(output: Output, signal: AbortSignal | undefined): Output {
      if (!isStream(output)) return output;
      const mapped: unknown = mapEventIterator(output, {
        value: async (value) => value,
        // Whoever went away is told nothing, and it is nobody's fault.
        error: async (thrown) => (signal?.aborted ? thrown : error(thrown)),
      });
      return mapped as Output;
    },
  };
}

function isStream(output: unknown): output is AsyncIterator<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}
