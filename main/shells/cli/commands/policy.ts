import type { PolicyState } from '../../../contract/status.ts';
import { EXIT } from '../exit.ts';
import type { Output } from '../output.ts';
import { fileChange } from '../prompt/fileChange.ts';
import { follow } from '../prompt/follow.ts';
import { type AddCommand, verb } from '../verb.ts';
import { visible, visibleLines } from '../visible.ts';
import { addPolicyTrials, trialFile } from './policyTrials.ts';

/** `policy check|show|accept|explain|test|replay`. */
export const addPolicy: AddCommand = (program, shell, leave) => {
  const policy = program.command('policy').description('look at the policy, check it, try it, put a change into force');
  addPolicyTrials(policy, shell, leave);

  verb<[], { file?: string }>(policy, shell, leave, {
    usage: 'check',
    summary: 'read the policy files as they are and say what is wrong with them',
    options: (command) =>
      command.option('--file <file>', 'read this file instead, as it would count beside those in force'),
    async run({ options: { file }, out }) {
      const api = await shell.api();
      if (file !== undefined) {
        const trial = await trialFile(file);
        // A file that is tried is read whole before anything is judged by it.
        await api.policy.replay({ limit: 1, trial });
        out.result({ faults: [] }, () => out.line(out.paint.good(`${visible(trial.file)} is sound.`)));
        return EXIT.ok;
      }
      const state = await api.policy.check();
      out.result(state, () => {
        printFaults(state, out);
        if (state.faults.length === 0) out.line(out.paint.good('The files are sound.'));
        if (state.proposal !== null) out.line('They differ from what is in force: countersign policy show');
      });
      return state.faults.length === 0 ? EXIT.ok : EXIT.refused;
    },
  });

  verb(policy, shell, leave, {
    usage: 'show',
    summary: 'print what is in force and what is proposed',
    async run({ out }) {
      const state = await (await shell.api()).policy.state();
      out.result(state, () => {
        out.line(out.paint.dim(`in force ${state.digest}`));
        for (const { file, text } of state.files) out.lines(['', out.paint.bold(visible(file)), ...visibleLines(text)]);
        printProposal(state, out);
        printFaults(state, out);
      });
      return EXIT.ok;
    },
  });

  verb<[], { wait: boolean }>(policy, shell, leave, {
    usage: 'accept',
    summary: 'ask a person to put the changed files into force',
    options: (command) => command.option('--no-wait', 'ask, and do not wait for the answer'),
    async run({ options, out }) {
      const api = await shell.api();
      const state = await api.policy.check();
      if (state.proposal === null) {
        out.result(state, () => {
          printFaults(state, out);
          out.line('Nothing to accept: the files are what is in force.');
        });
        return state.faults.length === 0 ? EXIT.ok : EXIT.refused;
      }
      printProposal(state, out);
      const { ask } = await api.policy.accept({ digest: state.proposal.digest });
      return follow(shell, out, ask, options.wait);
    },
  });
};

function printProposal({ proposal }: PolicyState, out: Output) {
  if (proposal === null) return;
  out.lines(['', out.paint.warn(`proposed, not in force: ${proposal.digest}`)]);
  for (const file of proposal.files) out.lines(fileChange(file, out.paint));
}

function printFaults({ faults }: PolicyState, out: Output) {
  for (const { file, line, message } of faults)
    out.line(`${out.paint.bad('!')} ${visible(file)}${line === null ? '' : `:${line}`}  ${visible(message)}`);
}
