import { InvalidArgumentError } from 'commander';

/** Reads an option that is a whole number, from 1 to `most`. */
export function wholeNumber(most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (Number.isSafeInteger(number) && number >= 1 && number <= most) return number;
    throw new InvalidArgumentError(
      most === Number.MAX_SAFE_INTEGER ? 'Give a whole number above 0.' : `Give a whole number from 1 to ${most}.`,
    );
  };
}
