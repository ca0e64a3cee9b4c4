import type { VerifyReport } from '../../contract/audit.ts';
import type { ProofReport } from '../../contract/proof.ts';

/** What was found, for a person: the verdict first. Ends with a newline. */
export function reportText(report: VerifyReport | ProofReport): string {
  if ('message' in report) return `${report.ok ? 'Proved.' : 'Not proved.'} ${report.message}\n`;
  const { ok, fault, records, signed, checkpoints, root, first, epochs } = report;
  const lines = [
    ok ? 'The ledger is whole.' : `The ledger was changed: ${fault?.message ?? 'it does not verify'}`,
    `  records      ${records}, of which ${signed} under ${checkpoints} signed heads`,
    `  root         ${root ?? 'none'}`,
    `  first key    ${first ?? 'none: nothing was signed'}`,
  ];
  if (fault !== null)
    lines.push(`  first fault  ${fault.kind}, record ${fault.seq ?? '?'} ${fault.record ?? ''}`.trimEnd());
  for (const { epoch, size } of epochs.slice(epochs[0]?.epoch === 1 ? 1 : 0)) {
    lines.push(
      `  epoch ${epoch}      began before record ${size}: what had been signed was not all there, see its alarm`,
    );
  }
  if (records > signed) lines.push(`  unsigned     the last ${records - signed}: they are proved by nothing yet`);
  return `${lines.join('\n')}\n`;
}
