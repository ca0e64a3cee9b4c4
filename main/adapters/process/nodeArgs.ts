/** What daemons and relays are started with on Node. */
export const NODE_ARGS: readonly string[] = [
  // Without it any program of the user could open a debugger in ours (SECURITY.md rule 5).
  '--disable-sigusr1',
  // What was made last may grow to 128 MB before V8 looks for garbage in it, in each thread. In 16 MB the daemon's thread
  // works no longer on a call (measured), and a daemon at work holds 200 MB less.
  '--max-semi-space-size=8',
];
