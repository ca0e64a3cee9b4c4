// Without a handler SIGUSR1 opens a debugger (SECURITY.md rule 5).
process.on('SIGUSR1', () => {});

import project from '../../../package.json' with { type: 'json' };
import { runVerifier } from './program.ts';

process.exitCode = await runVerifier(process.argv.slice(2), project.version, {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
});
