import { Command, CommanderError } from 'commander';
import { addAdd } from './commands/add.ts';
import { addApprovers } from './commands/approvers.ts';
import { addAsks } from './commands/asks.ts';
import { addAudit } from './commands/audit.ts';
import { addClients } from './commands/clients.ts';
import { addConnect } from './commands/connect.ts';
import { addConsent } from './commands/consent.ts';
import { addCountersign } from './commands/countersign.ts';
import { addDaemon } from './commands/daemon.ts';
import { addDoctor } from './commands/doctor.ts';
import { addGrants } from './commands/grants.ts';
import { addHook } from './commands/hook.ts';
import { addKill } from './commands/kill.ts';
import { addList } from './commands/list.ts';
import { addLogs } from './commands/logs.ts';
import { addPasscode } from './commands/passcode.ts';
import { addPolicy } from './commands/policy.ts';
import { addReview } from './commands/review.ts';
import { addRun } from './commands/run.ts';
import { addSandbox } from './commands/sandbox.ts';
import { addSecrets } from './commands/secrets.ts';
import { addSetup } from './commands/setup.ts';
import { addSync } from './commands/sync.ts';
import { addTools } from './commands/tools.ts';
import { addUpgrade } from './commands/upgrade.ts';
import { EXIT, type Exit } from './exit.ts';
import type { Streams } from './output.ts';
import { refusalOf } from './refused.ts';
import type { Shell } from './shell.ts';

const COMMANDS = [
  addSetup,
  addDaemon,
  addClients,
  addAdd,
  addList,
  addReview,
  addConsent,
  addSandbox,
  addUpgrade,
  addTools,
  addRun,
  addLogs,
  addConnect,
  addAsks,
  addApprovers,
  addCountersign,
  addGrants,
  addKill,
  addPasscode,
  addSecrets,
  addPolicy,
  addAudit,
  addHook,
  addSync,
  addDoctor,
];

const AFTER = `
Exit codes: ${EXIT.ok} done, ${EXIT.refused} refused or found wrong (the output says why and what to do), ${EXIT.usage} wrong usage,
${EXIT.open} asked and still open, ${EXIT.interrupted} interrupted. What loosens protection is asked of a person first.`;

/** Runs one command line (without the program's own name); resolves with the exit code, never throws for a refusal. */
export async function runProgram(
  args: readonly string[],
  shell: Shell,
  streams: Streams,
  version: string,
): Promise<Exit> {
  let code: Exit = EXIT.ok;
  const program = new Command('countersign')
    .description('Stands between AI clients and the local MCP servers they call.')
    .version(version)
    .enablePositionalOptions()
    .addHelpText('after', AFTER)
    .showHelpAfterError('What there is and how it is written: add --help.')
    .exitOverride()
    .configureOutput({ writeOut: streams.out, writeErr: streams.error });
  const leave = (given: Exit) => {
    code = given;
  };
  for (const add of COMMANDS) add(program, shell, leave);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    shell.output(false).refused(refusalOf(error));
    return EXIT.refused;
  }
  return code;
}
