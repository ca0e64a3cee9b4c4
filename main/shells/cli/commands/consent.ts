import { Refused, refusalText } from '../../../contract/errors.ts';
import type { LaunchReview } from '../../../contract/launch.ts';
import { EXIT } from '../exit.ts';
import type { Output } from '../output.ts';
import { findingText } from '../prompt/findingText.ts';
import { follow } from '../prompt/follow.ts';
import { differenceText, launchText } from '../prompt/launchText.ts';
import { lookUp } from '../prompt/lookUp.ts';
import { truthText } from '../prompt/packageText.ts';
import type { Client } from '../shell.ts';
import { type AddCommand, verb } from '../verb.ts';
import { visible } from '../visible.ts';

interface Options {
  readonly wait: boolean;
  readonly withdraw?: boolean;
  readonly asWritten?: boolean;
  readonly allowScript?: string[];
}

/** `consent <server…>`: shows what they run, then asks a person to agree to exactly that; `--withdraw` takes consent back. */
export const addConsent: AddCommand = (program, shell, leave) => {
  verb<[string[]], Options>(program, shell, leave, {
    usage: 'consent <servers...>',
    summary: 'ask a person to agree to what a server runs, or several at once',
    options: (command) =>
      command
        .option('--no-wait', 'ask, and do not wait for the answer')
        .option('--as-written', 'run its launcher instead of a pinned package')
        .option('--allow-script <package>', 'let this package’s install script run, repeatable', repeated)
        .option('--withdraw', 'take consent back; its sessions end'),
    async run({ args: [servers], options, out }) {
      const api = await shell.api();
      if (options.withdraw) {
        for (const server of servers) await api.servers.withdraw({ server });
        const names = servers.join(', ');
        out.result({}, () => out.line(`${names} does not start any more until somebody agrees again.`));
        return EXIT.ok;
      }
      const waiting: { server: string; digest: string }[] = [];
      for (const server of servers) {
        const review = await reviewed(api, server, options, out);
        if (review.consent === 'given') {
          if (servers.length === 1) out.result(review, () => out.line(`${server} is agreed to as it is.`));
        } else waiting.push({ server, digest: show(review, servers.length > 1, out) });
      }
      const [only] = waiting;
      if (!only) return EXIT.ok;
      const { ask } =
        waiting.length === 1 ? await api.servers.consent(only) : await api.servers.consentAll({ servers: waiting });
      const code = await follow(shell, out, ask, options.wait);
      if (code !== EXIT.ok) return code;
      const alike = (await api.servers.sharedChanges()).flatMap(({ servers: others }) =>
        others.map((one) => one.server),
      );
      if (alike.length > 0)
        out.note(`Waiting for one and the same changed program: countersign consent ${alike.join(' ')}`);
      return code;
    },
  });
};

/** Collects an option that may be given several times. */
export function repeated(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** The launch that is asked about, its package looked up where nobody has yet; tells why where it is not held to one version. */
export async function reviewed(
  api: Client,
  server: string,
  options: Pick<Options, 'asWritten' | 'allowScript'>,
  out: Pick<Output, 'note'>,
): Promise<LaunchReview> {
  const which = options.asWritten ? 'as-written' : 'usual';
  const { allowScript: scripts } = options;
  const known = await api.servers.review({ server, which });
  if (known.package === null || options.asWritten) return known;
  if (scripts === undefined && (known.consent === 'given' || known.truth !== null)) return known;
  const found = await lookUp(await api.packages.prepare({ server, ...(scripts ? { scripts } : {}) }), out);
  const what = found.truth.version === null ? 'its package could not be checked' : 'it is not held to one version';
  if (found.notPinned !== null) out.note(visible(`${what}: ${found.notPinned}`));
  return api.servers.review({ server, which: scripts ? 'upgrade' : which });
}

/** Prints all of it and gives its digest. Throws `Refused` when it cannot run. */
function show(review: LaunchReview, named: boolean, out: Output): string {
  const { launch, digest, problem, server, findings, truth, differences } = review;
  if (launch === null || digest === null) {
    throw problem === null
      ? new Refused('LAUNCH_UNRESOLVED', server)
      : new Refused(problem.code, problem.detail ?? refusalText(problem));
  }
  out.lines([
    ...(named ? [out.paint.bold(server)] : []),
    ...findingText(launch, findings, out.paint),
    ...launchText(launch, out.paint),
    ...(truth === null ? [] : ['', ...truthText(truth, out.paint)]),
    ...differenceText(differences, out.paint),
    '',
  ]);
  return digest;
}
