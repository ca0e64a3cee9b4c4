import type { VerifyReport } from '../../../contract/audit.ts';
import { Refused } from '../../../contract/errors.ts';
import type { Core } from '../core.ts';
import type { Daemon } from '../daemon.ts';
import { actor, type Guarded } from './base.ts';
import { propose } from './propose.ts';

export function auditRouter(os: Guarded, daemon: Daemon) {
  return {
    search: os.audit.search.handler(({ input }) => daemon.core().reader.search(input)),
    rows: os.audit.rows.handler(({ input }) => daemon.core().reader.rows(input)),
    rowOf: os.audit.rowOf.handler(({ input }) => daemon.core().reader.rowOf(input)),
    show: os.audit.show.handler(async ({ input: { id } }) => {
      const records = await daemon.core().reader.show(id);
      if (records.length === 0) throw new Refused('NOT_FOUND', id);
      return records;
    }),
    counts: os.audit.counts.handler(({ input: { steps, ...query } }) => daemon.core().reader.counts(query, steps)),
    help: os.audit.help.handler(({ input: { text, cursor } }) => daemon.core().reader.help(text, cursor)),
    tell: os.audit.tell.handler(({ input, context }) => {
      daemon.core().told.tell(input, actor(daemon, context));
      return {};
    }),
    searches: os.audit.searches.handler(() => daemon.core().searches.list()),
    keepSearch: os.audit.keepSearch.handler(async ({ input, context }) => {
      await daemon.core().searches.keep(input, actor(daemon, context));
      daemon.changes.tell('audit');
      return {};
    }),
    dropSearch: os.audit.dropSearch.handler(async ({ input: { name }, context }) => {
      await daemon.core().searches.drop(name, actor(daemon, context));
      daemon.changes.tell('audit');
      return {};
    }),
    verify: os.audit.verify.handler(async () => {
      const { reader, sync } = daemon.core();
      return withWitness(await reader.verify(), sync.witness());
    }),
    retention: os.audit.retention.handler(() => daemon.core().retention.state()),
    setRetention: os.audit.setRetention.handler(async ({ input: limits, context }) => {
      const { retention } = daemon.core();
      const { limits: before } = await retention.state();
      const { payloads, bytes } = await retention.effect(limits);
      const subject = { kind: 'retention', before, after: limits, drops: { payloads, bytes } } as const;
      return propose(daemon, context, subject, (by) => retention.set(limits, by));
    }),
    export: os.audit.export.handler(({ input, context }) =>
      daemon.core().exporting.begin(input, actor(daemon, context)),
    ),
    exportPage: os.audit.exportPage.handler(({ input: { export: id, from, limit }, context }) =>
      daemon.core().exporting.page(id, from, limit, actor(daemon, context)),
    ),
    prove: os.audit.prove.handler(({ input: { id } }) => daemon.core().reader.prove(id)),
    proveSince: os.audit.proveSince.handler(({ input: { head } }) => daemon.core().reader.proveSince(head)),
    identity: os.audit.identity.handler(() => daemon.core().reader.identity()),
  };
}

/** A ledger that is whole in itself but not what was witnessed is another ledger. */
function withWitness(report: VerifyReport, witness: ReturnType<Core['sync']['witness']>): VerifyReport {
  if (witness === null) return report;
  const { holds, ...witnessed } = witness;
  if (holds) return { ...report, witnessed };
  const message = `The first ${witness.size} records are not those that ${witness.by} witnessed at ${witness.at}.`;
  const fault = report.fault ?? { seq: null, record: null, kind: 'altered' as const, message };
  return { ...report, ok: false, fault };
}
