import { resolve } from 'node:path';
import { type ClientEntry, type ClientFile, type ClientsView, clientNames } from '../../../contract/client.ts';
import { Refused } from '../../../contract/errors.ts';
import { EXIT } from '../exit.ts';
import type { Output } from '../output.ts';
import { type Answers, answering, planned } from '../prompt/answers.ts';
import { chosenEntries, shortId } from '../prompt/clientEntries.ts';
import { entryText, stateText } from '../prompt/clientText.ts';
import { follow } from '../prompt/follow.ts';
import { showPlan, unprotectText } from '../prompt/planText.ts';
import { type AddCommand, verb } from '../verb.ts';
import { visible } from '../visible.ts';

interface Chosen {
  readonly all?: true;
  readonly wait: boolean;
}

/** `clients list|show|protect|undo|quarantine|leave|watch|trust|forget`: what AI clients launch, and putting them behind us. */
export const addClients: AddCommand = (program, shell, leave) => {
  const clients = program
    .command('clients')
    .description('what your AI clients launch, and putting it behind Countersign');
  const waiting = 'ask, and do not wait for the answer';

  verb(clients, shell, leave, {
    usage: 'list',
    summary: 'every server in every client’s configuration, unprotected ones first',
    async run({ out }) {
      const view = await (await shell.api()).clients.list();
      out.result(view, () => listText(view, out));
      return EXIT.ok;
    },
  });

  verb<[string], object>(clients, shell, leave, {
    usage: 'show <entry>',
    summary: 'everything about one entry; by CLIENT/NAME, or by the id that list shows',
    async run({ args: [text], out }) {
      const view = await (await shell.api()).clients.list();
      const found = chosenEntries(view, [text]);
      out.result(found, () => {
        for (const { file, entry } of found)
          out.lines(entryText({ client: file.client, file: file.path, entry }, out.paint));
      });
      return EXIT.ok;
    },
  });

  verb<[string[]], Chosen & Answers>(clients, shell, leave, {
    usage: 'protect [entries...]',
    summary: 'put entries behind Countersign: shows every change, then asks a person',
    options: (command) => answering(command.option('--all', 'every unprotected entry')).option('--no-wait', waiting),
    async run({ args: [texts], options, out }) {
      const api = await shell.api();
      const view = await api.clients.list();
      const chosen = chosenEntries(view, texts, options.all ? 'unprotected' : undefined);
      const { choice, plan } = await planned(shell, api, chosen, options);
      showPlan(plan, out);
      const { ask } = await api.clients.protect({ ...choice, digest: plan.digest });
      const code = await follow(shell, out, ask, options.wait);
      if (code === EXIT.ok && !out.json && options.wait)
        out.note(
          `None starts before its consent: ${plan.servers.map(({ name }) => `countersign consent ${name}`).join('; ')}`,
        );
      return code;
    },
  });

  verb<[string[]], Chosen>(clients, shell, leave, {
    usage: 'undo [entries...]',
    summary: 'put entries back to what they were, byte for byte; asks a person',
    options: (command) => command.option('--all', 'every entry that goes through us').option('--no-wait', waiting),
    async run({ args: [texts], options, out }) {
      const api = await shell.api();
      const view = await api.clients.list();
      const chosen = chosenEntries(view, texts, options.all ? 'ours' : undefined);
      const entries = chosen.map(({ entry }) => entry.id);
      const plan = await api.clients.planUndo({ entries });
      out.lines([...unprotectText(plan, out.paint), '']);
      const { ask } = await api.clients.undo({ entries, digest: plan.digest });
      return follow(shell, out, ask, options.wait);
    },
  });

  verb<[string], object>(clients, shell, leave, {
    usage: 'quarantine <entry>',
    summary: 'make an entry unable to start anything; what it was is kept',
    async run({ args: [text], out }) {
      const api = await shell.api();
      const found = chosenEntries(await api.clients.list(), [text]);
      for (const { entry } of found) await api.clients.quarantine({ entry: entry.id });
      out.result({}, () => {
        for (const { file, entry } of found) out.line(`In quarantine: ${visible(entry.name)} of ${visible(file.path)}`);
      });
      return EXIT.ok;
    },
  });

  verb<[string], { wait: boolean }>(clients, shell, leave, {
    usage: 'leave <entry>',
    summary: 'leave one that came without you as it is, until it changes; asks a person',
    options: (command) => command.option('--no-wait', waiting),
    async run({ args: [text], options, out }) {
      const api = await shell.api();
      const [found, ...others] = chosenEntries(await api.clients.list(), [text]);
      if (found === undefined || others.length > 0)
        throw new Refused('INPUT_INVALID', `several are called ${text}: name one by its id`);
      const { ask } = await api.clients.leave({ entry: found.entry.id });
      return follow(shell, out, ask, options.wait);
    },
  });

  verb(clients, shell, leave, {
    usage: 'watch',
    summary: 'say what comes into clients’ files, until Ctrl-C',
    async run({ out }) {
      const api = await shell.api();
      const said = new Set<string>();
      const say = async () => {
        for (const { file, entry } of fresh(await api.clients.list())) {
          if (said.has(`${entry.id} ${entry.appeared?.at}`)) continue;
          said.add(`${entry.id} ${entry.appeared?.at}`);
          out.result({ file: file.path, ...entry }, () =>
            out.lines(entryText({ client: file.client, file: file.path, entry }, out.paint)),
          );
        }
      };
      const changes = await api.daemon.changes(undefined, { signal: shell.interrupted });
      await say();
      if (said.size === 0) out.note('Nothing unknown so far. Watching; Ctrl-C ends.');
      try {
        for await (const { topic } of changes) if (topic === 'clients') await say();
      } catch (error) {
        if (!shell.interrupted.aborted) throw error;
      }
      return EXIT.ok;
    },
  });

  verb<[string], { wait: boolean }>(clients, shell, leave, {
    usage: 'trust <folder>',
    summary: 'ask a person whether the client configuration of a project’s folder may be read',
    options: (command) => command.option('--no-wait', waiting),
    async run({ args: [folder], options, out }) {
      const { ask } = await (await shell.api()).clients.trust({ folder: resolve(folder) });
      return follow(shell, out, ask, options.wait);
    },
  });

  verb<[string], object>(clients, shell, leave, {
    usage: 'forget <folder>',
    summary: 'read nothing in that folder any more',
    async run({ args: [folder], out }) {
      const path = resolve(folder);
      await (await shell.api()).clients.forget({ folder: path });
      out.result({}, () => out.line(`Forgotten: ${visible(path)}`));
      return EXIT.ok;
    },
  });
};

function fresh(view: ClientsView): { file: ClientFile; entry: ClientEntry }[] {
  return view.files.flatMap((file) =>
    file.entries.filter(({ appeared }) => appeared !== null).map((entry) => ({ file, entry })),
  );
}

function listText({ files, unread, known }: ClientsView, out: Output): void {
  const { paint } = out;
  if (files.length === 0) out.line(`None of the ${known} clients we know has a configuration here.`);
  for (const { client, also, path, problem, entries } of files) {
    out.line(`${paint.bold(clientNames({ client, also }))}  ${paint.dim(visible(path))}`);
    if (problem !== null)
      out.line(
        `  ${paint.bad('cannot be read')} ${problem.line === null ? '' : `line ${problem.line}: `}${visible(problem.message)}`,
      );
    else if (entries.length === 0) out.line(paint.dim('  no servers'));
    out.table(
      entries.map((entry) => [
        '',
        paint.dim(shortId(entry)),
        paint.bold(visible(entry.name)),
        stateText(entry, paint),
        entry.url === null ? visible([entry.command ?? '', ...entry.args].join(' ')) : visible(entry.url),
        entry.reason === null ? '' : paint.dim(visible(entry.reason)),
      ]),
    );
  }
  if (files.some(({ entries }) => entries.some(({ appeared }) => appeared !== null)))
    out.line(
      `${paint.bad('!')} came or changed without you: put it behind Countersign (countersign clients protect), make it start nothing (quarantine), or leave it as it is (leave)`,
    );
  for (const folder of unread)
    out.line(`${paint.dim('not read')}  ${visible(folder)}  ${paint.dim('nobody trusts this project yet')}`);
}
