// Without a handler SIGUSR1 opens a debugger (SECURITY.md rule 5).
process.on('SIGUSR1', () => {});

import { existsSync } from 'node:fs';
import { isSea } from 'node:sea';
import project from '../../../package.json' with { type: 'json' };
import { compose } from './compose.ts';
import { EXIT } from './exit.ts';
import { runProgram } from './program.ts';

const streams = {
  out: (text: string) => void process.stdout.write(text),
  error: (text: string) => void process.stderr.write(text),
};
// Whoever read the output has seen enough, such as `head`: as good as Ctrl-C.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(EXIT.interrupted);
  });
// Development switches are for checkouts: a package is marked as one (SECURITY.md rule 4).
const packaged = isSea() || existsSync(new URL('../PACKAGED', import.meta.url));
const { shell, close } = compose(streams, packaged);
process.exitCode = await runProgram(process.argv.slice(2), shell, streams, project.version);
close();
