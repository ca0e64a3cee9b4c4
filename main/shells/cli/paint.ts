/** Colours with meaning, only where a person looks: a terminal, and no NO_COLOR (https://no-color.org). */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  warn(text: string): string;
  bad(text: string): string;
  accent(text: string): string;
}

const wrap = (on: boolean, open: number, close: number) => (text: string) =>
  on ? `\x1b[${open}m${text}\x1b[${close}m` : text;

/** SGR codes (ECMA-48 8.3.117) when `on`, the text as it is otherwise. */
export function paintFor(on: boolean): Paint {
  return {
    bold: wrap(on, 1, 22),
    dim: wrap(on, 2, 22),
    good: wrap(on, 32, 39),
    warn: wrap(on, 33, 39),
    bad: wrap(on, 31, 39),
    accent: wrap(on, 36, 39),
  };
}

/** True for a terminal whose user did not switch colours off. */
export function wantsColour(stream: { isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): boolean {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}
