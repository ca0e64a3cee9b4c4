import { Refused } from '../../../contract/errors.ts';
import type { Grant } from '../../../contract/grant.ts';
import { EXIT } from '../exit.ts';
import type { Client } from '../shell.ts';
import { type AddCommand, verb } from '../verb.ts';
import { visible } from '../visible.ts';

/** `grants list`, `grants revoke <id>`. A grant is given with an answer in the approval window, never here. */
export const addGrants: AddCommand = (program, shell, leave) => {
  const grants = program.command('grants').description('standing approvals: who gave them, how far, until when');

  verb(grants, shell, leave, {
    usage: 'list',
    summary: 'list the grants in force',
    async run({ out }) {
      const list = await (await shell.api()).grants.list();
      out.result(list, () => {
        if (list.length === 0) return out.line('No grants: every call that asks is asked about.');
        out.table(
          list.map((grant) => [
            grant.id,
            visible(`${grant.server} › ${grant.tool}`),
            visible(reachText(grant)),
            visible(whomText(grant)),
            lifeText(grant),
            `${grant.used} ${out.paint.dim(grant.lastUsedAt === null ? 'never' : `last ${grant.lastUsedAt}`)}`,
            `${visible(grant.person)} ${out.paint.dim(grant.givenAt)}`,
            out.paint.dim(`${visible(grant.effect)} (${visible(grant.rule.id)})`),
          ]),
          ['grant', 'tool', 'covers', 'for', 'until', 'used', 'given by', 'when asked'],
        );
      });
      return EXIT.ok;
    },
  });

  verb<[string], object>(grants, shell, leave, {
    usage: 'revoke <id>',
    summary: 'end a grant now; its last characters will do',
    async run({ args: [text], out }) {
      const api = await shell.api();
      const id = await complete(api, text);
      await api.grants.revoke({ id });
      out.result({}, () => out.line(`Revoked: ${id}`));
      return EXIT.ok;
    },
  });
};

function reachText({ reach }: Grant): string {
  if (reach.kind === 'same') return 'the same values';
  return reach.kind === 'folder' ? `paths in ${reach.folder}` : 'any arguments';
}

function whomText({ session, program }: Grant): string {
  return `${session === null ? 'every' : 'one'} session of ${program ?? 'a program not known'}`;
}

function lifeText({ life, until, used }: Grant): string {
  if (life.kind === 'minutes') return until ?? '';
  return life.kind === 'session' ? 'the session ends' : `${life.uses - used} more`;
}

/** The whole id of the one grant that ends with `text`. Throws `Refused('NOT_FOUND')` when none or several do. */
async function complete(api: Client, text: string): Promise<string> {
  const fitting = (await api.grants.list()).filter(({ id }) => id.endsWith(text.toLowerCase()));
  const [only] = fitting;
  if (only === undefined || fitting.length > 1)
    throw new Refused('NOT_FOUND', `${fitting.length} grants end with ${text}`);
  return only.id;
}
