import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { Refused } from '../../../contract/errors.ts';
import { firstFault } from '../../../contract/fault.ts';
import {
  type PolicyCases,
  type PolicyExplanation,
  type PolicyReplay,
  type PolicyTrial,
  policyCases,
} from '../../../contract/policy.ts';
import { SETTINGS_FILE } from '../../../contract/settings.ts';
import { TOOL_CLASSES, type ToolClass } from '../../../contract/tool.ts';
import type { RuleRef } from '../../../contract/verdict.ts';
import { EXIT } from '../exit.ts';
import type { Output } from '../output.ts';
import { type AddCommand, verb } from '../verb.ts';
import { visible } from '../visible.ts';
import { wholeNumber } from '../wholeNumber.ts';
import { type Supposed, supposed, supposedOptions } from './policySupposed.ts';

const TRIAL = 'try this policy file, or settings.json, in place of the one in force of that name, or beside them';

/** `policy explain|test|replay`: what policy would say; nothing runs and nothing is put into force. */
export const addPolicyTrials: AddCommand = (policy, shell, leave) => {
  verb<[string, string], Supposed & { args: string; class?: ToolClass; file?: string }>(policy, shell, leave, {
    usage: 'explain <server> <name>',
    summary: 'say why a call of a tool, a resource or a prompt would be allowed, asked or denied',
    options: (command) =>
      supposedOptions(command)
        .option('--args <json>', 'the arguments as JSON', '{}')
        .option('--class <class>', `instead of the reviewed class: ${TOOL_CLASSES.join(', ')}`, aClass)
        .option('--file <file>', TRIAL),
    async run({ args: [server, tool], options, out }) {
      const trial = options.file === undefined ? {} : { trial: await trialFile(options.file) };
      const query = { server, tool, arguments: options.args, ...supposed(options), ...trial };
      const api = await shell.api();
      const found = await api.policy.explain(options.class ? { ...query, class: options.class } : query);
      out.result(found, () => {
        out.line(visible(found.sentence));
        for (const risk of found.risks) out.line(out.paint.dim(`  ${visible(risk)}`));
      });
      return EXIT.ok;
    },
  });

  verb<[string], { file?: string }>(policy, shell, leave, {
    usage: 'test <cases.json>',
    summary: 'judge the calls of a file, and say which are judged otherwise than it expects',
    options: (command) => command.option('--file <file>', TRIAL).addHelpText('after', CASES),
    async run({ args: [file], options, out }) {
      const { cases } = await casesFile(file);
      const trial = options.file === undefined ? {} : { trial: await trialFile(options.file) };
      const api = await shell.api();
      const results: (PolicyExplanation & { name: string; wrong: string | null })[] = [];
      for (const each of cases) {
        const call = { ...asked(each), arguments: JSON.stringify(each.arguments), ...trial };
        const found = await api.policy.explain(call);
        results.push({ name: each.name ?? `${each.server} ${each.tool}`, wrong: whatIsWrong(each, found), ...found });
      }
      const failed = results.filter(({ wrong }) => wrong !== null).length;
      out.result({ passed: results.length - failed, failed, results }, () => {
        for (const { name, wrong, sentence } of results) {
          out.line(`${wrong === null ? out.paint.good('✓') : out.paint.bad('✗')} ${visible(name)}`);
          if (wrong !== null) out.lines([`    ${visible(wrong)}`, `    ${visible(sentence)}`]);
        }
        out.line(`${results.length - failed} as expected, ${failed} not.`);
      });
      return failed === 0 ? EXIT.ok : EXIT.refused;
    },
  });

  verb<[], { file?: string; limit: number }>(policy, shell, leave, {
    usage: 'replay',
    summary: 'judge the recorded calls again by the changed files, and list those that would differ',
    options: (command) =>
      command
        .option('--file <file>', TRIAL)
        .option('--limit <calls>', 'how many of the newest calls, 10000 at most', wholeNumber(10_000), 1000),
    async run({ options: { file, limit }, out }) {
      const trial = file === undefined ? {} : { trial: await trialFile(file) };
      const replay = await (await shell.api()).policy.replay({ limit, ...trial });
      out.result(replay, () => printReplay(replay, out));
      return EXIT.ok;
    },
  });
};

const CASES = `
The file is JSON: {"cases": [{"name": "…", "server": "files", "tool": "write_file", "class": "write",
"arguments": {"path": "/etc/hosts"}, "expect": "deny", "rule": "no-etc"}]}. Needed are server, tool and expect
(allow, ask or deny); class is external when absent; approvals and rule are compared where they are given. A case may
also say action, at, roles, environment, tenant, region and client, as the options of explain do.`;

/** The case without what is expected of it. */
function asked({ name, expect, approvals, rule, ...call }: PolicyCases['cases'][number]) {
  return call;
}

function whatIsWrong(expected: PolicyCases['cases'][number], { verdict }: PolicyExplanation): string | null {
  if (verdict.decision !== expected.expect) return `expected ${expected.expect}, found ${verdict.decision}`;
  if (expected.approvals !== undefined && verdict.approvals !== expected.approvals)
    return `expected approvals ${expected.approvals}, found ${verdict.approvals}`;
  if (expected.rule !== undefined && verdict.rule.id !== expected.rule)
    return `expected the rule ${expected.rule}, found ${verdict.rule.id}`;
  return null;
}

function printReplay({ calls, skipped, since, differences }: PolicyReplay, out: Output) {
  for (const { at, effect, before, after, masked } of differences) {
    out.line(`${at.slice(0, 19)}Z  ${visible(effect)}${masked ? out.paint.dim(' (parts are masked)') : ''}`);
    out.line(`    ${decided(before)} → ${decided(after)}`);
  }
  const seen = since === null ? '' : ` since ${since.slice(0, 19)}Z`;
  const left = skipped === 0 ? '' : ` ${skipped} more could not be judged: their arguments were not kept.`;
  out.line(`${calls} recorded calls${seen}: ${differences.length} would be judged otherwise.${left}`);
}

const decided = ({ decision, approvals, rule: by }: PolicyReplay['differences'][number]['before']) =>
  `${decision}${approvals === 2 ? ' two people' : ''} by ${rule(by)}`;
const rule = ({ id, file, line }: RuleRef) =>
  visible(file === null ? id : `${id} (${file}${line === null ? '' : `:${line}`})`);

/** Folders beside `policies/` whose files are called by them. */
const LAYERS = new Set(['organisation', 'servers']);

/** The file as it would count where it lies. Throws `Refused` when it cannot be read, or by its name is none. */
export async function trialFile(path: string): Promise<PolicyTrial> {
  const [name, layer] = [basename(path), basename(dirname(resolve(path)))];
  const file = LAYERS.has(layer) ? `${layer}/${name}` : name;
  if (!name.endsWith('.cedar') && name !== SETTINGS_FILE)
    throw new Refused(
      'INPUT_INVALID',
      `${path}: the name of a policy file ends in .cedar, that of settings is ${SETTINGS_FILE}`,
    );
  return { file, text: await textOf(path) };
}

async function casesFile(path: string): Promise<PolicyCases> {
  try {
    return policyCases.parse(JSON.parse(await textOf(path)));
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused('INPUT_INVALID', `${path}: ${firstFault(error)?.text ?? (error as Error).message}`);
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new Refused('NOT_FOUND', `${path} cannot be read`);
  }
}

function aClass(text: string): ToolClass {
  const found = TOOL_CLASSES.find((each) => each === text);
  if (found === undefined) throw new InvalidArgumentError(`One of ${TOOL_CLASSES.join(', ')}.`);
  return found;
}
