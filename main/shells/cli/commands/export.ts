import { Refused } from '../../../contract/errors.ts';
import { type ExportRequest, exportRequest } from '../../../contract/export.ts';
import { EXIT } from '../exit.ts';
import { CSV, jsonlTarget, OCSF, shapedTarget, type Target } from '../export/files.ts';
import { exportPages } from '../export/pages.ts';
import { nameAndValue } from '../nameAndValue.ts';
import { searchText } from '../searchText.ts';
import { type AddCommand, verb } from '../verb.ts';

interface Options {
  readonly format: string;
  readonly out?: string;
  readonly resume?: boolean;
  readonly endpoint?: string;
  readonly header?: Record<string, string>;
}

/** `export`: records with the proof that they are in the ledger, the oldest first. */
export const addExport: AddCommand = (program, shell, leave) => {
  verb<[string[]], Options>(program, shell, leave, {
    usage: 'export [text...]',
    summary: 'take records out, all or what a search finds (see “audit search”), each with its proof',
    options: (command) =>
      command
        .option('--format <format>', 'jsonl, csv, ocsf or otlp', 'jsonl')
        .option('--out <file>', 'where to write; without it, to standard output')
        .option('--resume', 'go on behind what the file holds')
        .option('--endpoint <url>', 'where otlp goes: the address of an OTLP/HTTP collector')
        .option('--header <name=value>', 'for the collector, such as authorization=…; repeatable', nameAndValue),
    async run({ args: [text], options, out }) {
      const [as, to] = [readForm(options.format), whereTo(options)];
      const target = await openTarget(as, options);
      const query = text.length === 0 ? {} : { text: searchText(text) };
      const asked = { query, from: target.from, as, ...(to !== undefined && { to }) };
      let [records, said] = [0, 0];
      try {
        for await (const part of exportPages(await shell.api(), asked, shell.interrupted)) {
          await target.take(part);
          records += part.lines.length;
          const done = part.next ?? part.size;
          if (Date.now() - said > 1000 && options.out !== undefined) {
            said = Date.now();
            out.note(`${records} records, ${Math.floor((100 * done) / Math.max(1, part.size))} % of the ledger read`);
          }
        }
      } finally {
        await target.close();
      }
      if (shell.interrupted.aborted) return EXIT.interrupted;
      if (options.out !== undefined || options.format === 'otlp') {
        out.result({ records, files: target.files }, () =>
          out.line(`${records} records${target.files.length > 0 ? ` in ${target.files.join(' and ')}` : ' sent'}.`),
        );
      }
      return EXIT.ok;
    },
  });
};

const forms = exportRequest.shape.as;
type Form = ExportRequest['as'];

function readForm(text: string): Form {
  const form = forms.safeParse(text);
  if (!form.success) throw new Refused('INPUT_INVALID', `there is no format ${text}: ${forms.options.join(', ')}`);
  return form.data;
}

/** Where it goes, for the record: without what an address may hold of a password. */
function whereTo({ out, endpoint }: Options): string | undefined {
  const url = endpoint === undefined ? null : URL.parse(endpoint);
  const to = url === null ? out : `${url.origin}${url.pathname}`;
  return to === undefined ? undefined : to.slice(0, 500);
}

async function openTarget(as: Form, { out, resume = false, endpoint, header = {} }: Options): Promise<Target> {
  if (resume && out === undefined) throw new Refused('INPUT_INVALID', '--resume needs --out');
  switch (as) {
    case 'jsonl':
      return jsonlTarget(out, resume);
    case 'csv':
      return shapedTarget(CSV, out, resume);
    case 'ocsf':
      return shapedTarget(OCSF, out, resume);
    case 'otlp': {
      if (endpoint === undefined) throw new Refused('INPUT_INVALID', 'otlp needs --endpoint');
      // The telemetry libraries are loaded for this alone.
      const { collectorTarget } = await import('../export/collector.ts');
      return collectorTarget(endpoint, header, out, resume);
    }
  }
}
