import { Download } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Refusal } from '../../../main/contract/errors.ts';
import { useLink } from '../../link/LinkProvider.tsx';
import { refusalOf } from '../../link/refusal.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Note } from '../../ui/Note.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { EXPORT_NAME, ExportFile } from './exportFile.ts';

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly records: number; readonly part: number }
  | { readonly kind: 'done'; readonly records: number; readonly key: string }
  | { readonly kind: 'failed'; readonly refusal: Refusal; readonly file: ExportFile };

const NEXT = { idle: 'Save', done: 'Save again', failed: 'Go on' } as const;

/** Saves what the search finds, or everything, as a file that proves itself. */
export function ExportDialog({ text }: { text: string }) {
  const link = useLink();
  const [open, setOpen] = useState(false);
  const [state, setState] = useState<State>({ kind: 'idle' });
  const stop = useRef(new AbortController());

  /** Takes what is still to come, and saves all of it. */
  async function run(taken: ExportFile): Promise<void> {
    stop.current = new AbortController();
    const { signal } = stop.current;
    try {
      await taken.take(signal, (part) => setState({ kind: 'running', records: taken.records, part }));
      save(taken.whole());
      setState({ kind: 'done', records: taken.records, key: taken.key });
    } catch (error) {
      setState(signal.aborted ? { kind: 'idle' } : { kind: 'failed', refusal: refusalOf(error), file: taken });
    }
  }
  const begin = () => void run(new ExportFile(link, text.trim()));

  return (
    <>
      <Button
        icon={<Download size={15} />}
        onClick={() => {
          setState({ kind: 'idle' });
          setOpen(true);
        }}
      >
        Export
      </Button>
      <Dialog
        open={open}
        onClose={() => {
          stop.current.abort();
          setOpen(false);
        }}
        title="Export"
        note={text.trim() === '' ? 'Every record, each with its proof.' : `What this search finds: ${text.trim()}`}
      >
        <div className="space-y-4">
          {state.kind === 'idle' && (
            <p className="text-sm text-ink-soft">
              One line a record (JSONL), arguments and results as the ledger keeps them: with secrets masked. Whoever
              has the device’s public key can prove each line with “countersign-verify”. The record says that you took
              it. A table for spreadsheets, OCSF events and OpenTelemetry are offered by “countersign audit export”.
            </p>
          )}
          {state.kind === 'running' && (
            <div className="space-y-1.5">
              <progress aria-label="Exported" className="h-1.5 w-full accent-accent" value={state.part} max={1} />
              <p role="status" className="text-sm text-ink-soft tabular-nums">
                {state.records.toLocaleString()} records
              </p>
            </div>
          )}
          {state.kind === 'done' && (
            <Note tone="good" live title={`${state.records.toLocaleString()} records saved`}>
              <span className="flex items-center gap-2">
                <code className="min-w-0 font-mono text-xs break-all">{state.key}</code>
                <CopyButton text={state.key} label="Copy the public key" />
              </span>
            </Note>
          )}
          {state.kind === 'failed' && <ErrorState refusal={state.refusal} />}
          <div className="flex justify-end gap-2">
            {state.kind === 'running' ? (
              <Button onClick={() => stop.current.abort()}>Cancel</Button>
            ) : (
              <Button look="primary" onClick={() => (state.kind === 'failed' ? void run(state.file) : begin())}>
                {NEXT[state.kind]}
              </Button>
            )}
          </div>
        </div>
      </Dialog>
    </>
  );
}

/** Hands a file to whatever shell this is: a download in the browser, a save dialog on the desktop. */
function save(file: Blob): void {
  const url = URL.createObjectURL(file);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = EXPORT_NAME;
  anchor.click();
  URL.revokeObjectURL(url);
}
