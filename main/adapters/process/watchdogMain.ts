/** Entry of the watchdog's own process: `watchdog <prefix of marks>`, the master's line on standard input. */
import './noDebugger.ts';
import { watchOver } from './watchdog.ts';

process.stdout.on('error', () => {});
// It has to outlive whatever ends its master.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});

const run = process.argv.at(-1) ?? '';
// A prefix that is not whole could match another daemon's trees.
if (!/^[0-9a-f]{16}\.[0-9a-f]{16}\.$/.test(run)) process.exit(2);
process.stdout.write('watching\n');
process.exit((await watchOver(process.stdin, run)) === 0 ? 0 : 1);
