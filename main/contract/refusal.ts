/** Refusals: entries of the closed list with their particular. Only the list is imported here: the relay starts with it. */
import { ERRORS, type ErrorCode } from './errorCodes.ts';

/** What a person is told when something does not happen. `detail` is safe to show: no secrets, no stack. */
export interface Refusal {
  code: ErrorCode;
  message: string;
  fix: string;
  detail?: string | undefined;
}

/** Builds the refusal of a code; `detail` names the particular (a path, an offset, a name). */
export function refusal(code: ErrorCode, detail?: string): Refusal {
  const { message, fix } = ERRORS[code];
  return detail === undefined ? { code, message, fix } : { code, message, fix, detail };
}

/** One paragraph for a person or a model: what happened, the particular, what to do. */
export function refusalText({ message, detail, fix }: Refusal): string {
  return detail === undefined ? `${message} ${fix}` : `${message} (${detail}) ${fix}`;
}

/** The only error that services throw on purpose. Doors translate it; anything else is a bug and becomes INTERNAL. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(code: ErrorCode, detail?: string) {
    const value = refusal(code, detail);
    super(refusalText(value));
    this.name = 'Refused';
    this.refusal = value;
  }
}
