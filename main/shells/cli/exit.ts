/** What the exit code of every command means. */
export const EXIT = {
  ok: 0,
  /** Refused, denied, or a check that found something wrong: the output says what. */
  refused: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** Asked, and still open: nobody has answered yet. */
  open: 3,
  /** Ctrl-C. What was asked stays asked. */
  interrupted: 130,
} as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT] | number;
