// Without a handler SIGUSR1 opens a debugger (SECURITY.md rule 5).
process.on('SIGUSR1', () => {});

import { isSea } from 'node:sea';
import project from '../../../package.json' with { type: 'json' };
import { compose } from './compose.ts';
import { runProgram } from './program.ts';

const streams = {
  out: (text: string) => void process.stdout.write(text),
  error: (text: string) => void process.stderr.write(text),
};
const { shell, close } = compose(streams, isSea());
process.exitCode = await runProgram(process.argv.slice(2), shell, streams, project.version);
close();
