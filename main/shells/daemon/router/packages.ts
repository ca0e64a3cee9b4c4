import type { PackageNews } from '../../../contract/package.ts';
import type { Daemon } from '../daemon.ts';
import { actor, type Guarded } from './base.ts';

export function packagesRouter(os: Guarded, daemon: Daemon) {
  return {
    look: os.packages.look.handler(({ input, signal }) =>
      stream(signal, async (tell, ended) => {
        const looked = await daemon.core().packages.look(input, null, { fresh: false, tell, signal: ended });
        tell({ kind: 'truth', truth: looked.truth, notPinned: looked.notPinned });
      }),
    ),
    prepare: os.packages.prepare.handler(({ input: { server, scripts, fresh }, context, signal }) =>
      stream(signal, async (tell, ended) => {
        const { launch, audit } = daemon.core();
        const looked = await launch.look(server, { scripts, fresh, tell, signal: ended });
        const { kind, name, registry } = looked.truth.package;
        const found = { kind, name, registry, version: looked.truth.version, pinned: looked.notPinned === null };
        const wished = { fresh, ...(scripts && { scripts: scripts.join(' ') }) };
        const detail = { ...found, ...wished };
        audit.append({ type: 'config', event: 'package-prepared', server, ...actor(daemon, context), detail });
        tell({ kind: 'truth', ...looked });
        daemon.changes.tell('servers', server);
      }),
    ),
  };
}

/** The news of some work as they come; who stops listening ends the work. Rejects with what it rejects with. */
async function* stream(
  signal: AbortSignal | undefined,
  work: (tell: (news: PackageNews) => void, ended: AbortSignal) => Promise<void>,
): AsyncGenerator<PackageNews> {
  const ending = new AbortController();
  const waiting: PackageNews[] = [];
  let wake = Promise.withResolvers<void>();
  const end = () => ending.abort();
  signal?.addEventListener('abort', end, { once: true });
  let done = false;
  const tell = (news: PackageNews) => {
    // Progress that nobody has read yet is out of date with the next of the same step.
    const last = waiting.at(-1);
    if (last?.kind === 'progress' && news.kind === 'progress' && last.step === news.step) waiting.pop();
    waiting.push(news);
    wake.resolve();
  };
  const working = work(tell, ending.signal).finally(() => {
    done = true;
    wake.resolve();
  });
  working.catch(() => {});
  try {
    for (;;) {
      yield* waiting.splice(0);
      if (done) break;
      await wake.promise;
      wake = Promise.withResolvers<void>();
    }
    yield* waiting.splice(0);
    await working;
  } finally {
    end();
    signal?.removeEventListener('abort', end);
  }
}
