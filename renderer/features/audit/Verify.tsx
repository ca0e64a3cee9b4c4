import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { VerifyReport } from '../../../main/contract/audit.ts';
import { useAction } from '../../link/useAction.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Note } from '../../ui/Note.tsx';
import { Fact, Facts } from '../../ui/Panel.tsx';
import { ErrorState, LoadingState } from '../../ui/States.tsx';
import { fullTime } from '../../ui/time.ts';

/** Reads the whole ledger again and says whether anything was altered. */
export function Verify() {
  const [open, setOpen] = useState(false);
  const verify = useAction((link) => link.audit.verify());
  return (
    <>
      <Button
        icon={<ShieldCheck size={15} />}
        onClick={() => {
          setOpen(true);
          verify.reset();
          verify.run();
        }}
      >
        Verify
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Verification"
        note="Every leaf, the tree, each signed checkpoint and every payload."
      >
        {verify.refusal !== null && <ErrorState refusal={verify.refusal} />}
        {verify.busy && <LoadingState rows={3} label="Verifying" />}
        {verify.result !== undefined && <Report report={verify.result} />}
      </Dialog>
    </>
  );
}

function Report({ report }: { report: VerifyReport }) {
  return (
    <div className="space-y-4">
      {report.ok ? (
        <Note tone="good" live title="Nothing was altered">
          {report.records.toLocaleString()} records read, {report.signed.toLocaleString()} of them covered by a signed
          checkpoint.
        </Note>
      ) : (
        <Note tone="bad" live title={`The ledger does not hold: ${report.fault?.kind ?? 'unreadable'}`}>
          {report.fault?.message}
        </Note>
      )}
      <Facts>
        <Fact name="Records">{report.records.toLocaleString()}</Fact>
        <Fact name="Signed">{report.signed.toLocaleString()}</Fact>
        {report.witnessed !== undefined && (
          <Fact name="Witnessed">
            The first {report.witnessed.size.toLocaleString()} records, by {report.witnessed.by},{' '}
            {fullTime(report.witnessed.at)}
          </Fact>
        )}
        <Fact name="Checkpoints">{report.checkpoints.toLocaleString()}</Fact>
        {report.fault !== null && report.fault.seq !== null && <Fact name="First fault">Leaf {report.fault.seq}</Fact>}
        {report.epochs.slice(report.epochs[0]?.epoch === 1 ? 1 : 0).map(({ epoch, size }) => (
          <Fact key={epoch} name={`Epoch ${epoch}`}>
            Began before record {size}: what had been signed was not all there. Its alarm says what was missing.
          </Fact>
        ))}
        {report.first !== null && (
          <Fact name="First key">
            <code className="font-mono text-xs break-all">{report.first}</code>
          </Fact>
        )}
        {report.root !== null && (
          <Fact name="Tree root">
            <code className="font-mono text-xs break-all">{report.root}</code>
          </Fact>
        )}
      </Facts>
    </div>
  );
}
