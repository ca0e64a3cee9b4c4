import { readFile, writeFile } from 'node:fs/promises';
import { type AuditQuery, auditQuery } from '../../../contract/audit.ts';
import { Refused } from '../../../contract/errors.ts';
import type { RecordView } from '../../../contract/record.ts';
import { FOR_EVER, retentionWords } from '../../../contract/retention.ts';
import { EXIT } from '../exit.ts';
import { follow } from '../prompt/follow.ts';
import { recordChanges, recordFacts, recordRow } from '../prompt/recordText.ts';
import { searchText } from '../searchText.ts';
import { type AddCommand, verb } from '../verb.ts';
import { visible } from '../visible.ts';
import { wholeNumber } from '../wholeNumber.ts';
import { addExport } from './export.ts';

const FILTERS = {
  type: ['type', 'only this type of record, such as outcome or alarm'],
  server: ['name', 'only of this server'],
  tool: ['name', 'only of this tool'],
  session: ['id', 'only of this session'],
  call: ['id', 'only of this call'],
  decision: ['decision', 'only allow, ask or deny'],
  after: ['time', 'only from then on, such as 2026-11-01T12:30:00.000000Z; in the text: after:yesterday'],
  before: ['time', 'only before then'],
} as const;

interface SearchOptions extends Partial<Record<keyof typeof FILTERS, string>> {
  readonly cursor?: number;
  readonly limit: number;
  readonly json?: boolean;
}

/** `audit search|show|verify|prove|retention|export|identity`. */
export const addAudit: AddCommand = (program, shell, leave) => {
  const audit = program.command('audit').description('search the ledger and prove that it is whole');

  verb<[string[]], SearchOptions>(audit, shell, leave, {
    usage: 'search [text...]',
    summary:
      'find records, newest first: words, "phrases", server:github, tool:delete_*, verdict:denied, after:yesterday',
    options: (command) => {
      for (const [filter, [value, means]] of Object.entries(FILTERS)) command.option(`--${filter} <${value}>`, means);
      return command
        .option('--cursor <seq>', 'go on below this sequence', wholeNumber())
        .option('--limit <n>', 'how many at most', wholeNumber(500), 50);
    },
    async run({ args: [text], options, out }) {
      const asked = query(text, options);
      const page = await (await shell.api()).audit.search(asked);
      out.result(page, () => {
        out.table(
          page.records.map((record) => recordRow(record, out.paint)),
          ['seq', 'time', 'record', 'what', 'verdict', 'id'],
        );
        out.line(
          out.paint.dim(
            `${page.records.length} of ${page.total}${page.atLeast ? ' or more' : ''}${page.next === null ? '' : `; older ones: --cursor ${page.next}`}`,
          ),
        );
        if (page.unindexed !== undefined)
          out.line(`${page.unindexed} records are still being indexed: what fits among them is not here yet.`);
      });
      return EXIT.ok;
    },
  });

  verb<[string], object>(audit, shell, leave, {
    usage: 'show <id>',
    summary: 'show a record and the others of its call',
    async run({ args: [id], out }) {
      const records: RecordView[] = await (await shell.api()).audit.show({ id });
      if (records.length === 0) throw new Refused('NOT_FOUND', id);
      out.result(records, () => {
        for (const record of records) {
          out.table(recordFacts(record, out.paint));
          for (const line of recordChanges(record, out.paint)) out.line(line);
          out.line();
        }
      });
      return EXIT.ok;
    },
  });

  verb(audit, shell, leave, {
    usage: 'verify',
    summary: 'recompute every leaf, the tree and the signatures',
    async run({ out }) {
      const report = await (await shell.api()).audit.verify();
      const { paint } = out;
      out.result(report, () => {
        out.line(
          report.ok
            ? paint.good('The ledger is whole.')
            : paint.bad(`The ledger was changed: ${report.fault?.message ?? 'it does not verify'}`),
        );
        out.table([
          [
            paint.dim('records'),
            `${report.records}, of which ${report.signed} under ${report.checkpoints} signed checkpoints`,
          ],
          ...(report.witnessed === undefined
            ? []
            : [
                [
                  paint.dim('witnessed'),
                  `the first ${report.witnessed.size} records, by ${visible(report.witnessed.by)} at ${report.witnessed.at}`,
                ],
              ]),
          [paint.dim('root'), report.root ?? 'none'],
          ...(report.fault === null
            ? []
            : [
                [
                  paint.dim('first fault'),
                  `${report.fault.kind}, record ${report.fault.seq ?? '?'} ${report.fault.record ?? ''}`,
                ],
              ]),
        ]);
      });
      return report.ok ? EXIT.ok : EXIT.refused;
    },
  });

  verb<[string], { out?: string; since?: string }>(audit, shell, leave, {
    usage: 'prove [id]',
    summary: 'a proof that a record is in the ledger, for “countersign-verify”',
    options: (command) =>
      command
        .option('--since <note>', 'instead: that the ledger goes on from this earlier signed head (a file)')
        .option('--out <file>', 'write the proof there'),
    async run({ args: [id], options: { out: file, since }, out }) {
      if ((id === undefined) === (since === undefined))
        throw new Refused('INPUT_INVALID', 'give either a record or --since');
      const api = await shell.api();
      const proof =
        since === undefined
          ? await api.audit.prove({ id: id ?? '' })
          : await api.audit.proveSince({ head: await readText(since) });
      const text = `${JSON.stringify(proof, null, 2)}\n`;
      if (file !== undefined) await writeFile(file, text, { mode: 0o600 });
      out.result(proof, () => out.line(file === undefined ? text.trimEnd() : `The proof is in ${file}.`));
      return EXIT.ok;
    },
  });

  verb<[], Partial<Record<'days' | 'records' | 'bytes', number>> & { forEver?: boolean; wait: boolean }>(
    audit,
    shell,
    leave,
    {
      usage: 'retention',
      summary: 'how long arguments and results are kept; with an option, ask to change it',
      options: (command) =>
        command
          .option('--days <n>', 'those of the last so many days', wholeNumber())
          .option('--records <n>', 'those of the newest so many records', wholeNumber())
          .option('--bytes <n>', 'the newest that take so many bytes on the disk', wholeNumber())
          .option('--for-ever', 'drop nothing any more')
          .option('--no-wait', 'ask, and do not wait for the answer'),
      async run({ options, out }) {
        const api = await shell.api();
        const { days = null, records = null, bytes = null, forEver = false } = options;
        if (forEver || days !== null || records !== null || bytes !== null) {
          const limits = forEver ? FOR_EVER : { days, records, bytes };
          const { ask } = await api.audit.setRetention(limits);
          return follow(shell, out, ask, options.wait);
        }
        const state = await api.audit.retention();
        const { paint } = out;
        out.result(state, () =>
          out.table([
            [paint.dim('kept'), retentionWords(state.limits)],
            [paint.dim('there are'), `${state.kept.payloads} arguments and results, ${state.kept.bytes} bytes`],
            [paint.dim('dropped'), state.below === 0 ? 'none' : `those of the first ${state.below} records`],
          ]),
        );
        return EXIT.ok;
      },
    },
  );

  addExport(audit, shell, leave);

  verb(audit, shell, leave, {
    usage: 'identity',
    summary: 'what to note down elsewhere, to prove the ledger later',
    async run({ out }) {
      const identity = await (await shell.api()).audit.identity();
      const { paint } = out;
      out.result(identity, () => {
        out.line('Keep these where a program of this account cannot change them:');
        out.table([
          [paint.dim('public key'), identity.key],
          [paint.dim('first key'), identity.first],
        ]);
        out.line();
        out.line(identity.checkpoint?.trimEnd() ?? 'No head has been signed yet.');
        out.line();
        out.line(
          paint.dim(
            'countersign-verify ledger.db --key <public key> --first <first key> --witness <file with the head>',
          ),
        );
      });
      return EXIT.ok;
    },
  });
};

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw new Refused('NOT_FOUND', file);
  });
}

function query(text: readonly string[], options: SearchOptions): AuditQuery {
  const { json: _, ...narrowed } = options;
  const given = { ...narrowed, ...(text.length > 0 && { text: searchText(text) }) };
  const read = auditQuery.safeParse(given);
  if (!read.success)
    throw new Refused(
      'INPUT_INVALID',
      read.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('; '),
    );
  return read.data;
}
