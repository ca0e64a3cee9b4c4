import { Download } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Refusal } from '../../../main/contract/errors.ts';
import type { ExportPage } from '../../../main/contract/export.ts';
import { useLink } from '../../link/LinkProvider.tsx';
import { refusalOf } from '../../link/refusal.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Note } from '../../ui/Note.tsx';
import { ErrorState } from '../../ui/States.tsx';

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly records: number; readonly part: number }
  | { readonly kind: 'done'; readonly records: number; readonly key: string }
  | { readonly kind: 'failed'; readonly refusal: Refusal };

/** Saves what the search finds, or everything, as a file that proves itself. */
export function ExportDialog({ text }: { text: string }) {
  const link = useLink();
  const [open, setOpen] = useState(false);
  const [state, setState] = useState<State>({ kind: 'idle' });
  const stop = useRef(new AbortController());

  async function run(): Promise<void> {
    stop.current = new AbortController();
    const { signal } = stop.current;
    const parts: string[] = [];
    let records = 0;
    try {
      const query = text.trim() === '' ? {} : { text: text.trim() };
      for (let at: number | null = 0, head: ExportPage['header'] | null = null; at !== null; ) {
        const checkpoint: { checkpoint?: string } = head === null ? {} : { checkpoint: head.checkpoint };
        const page: ExportPage = await link.audit.export({ query, from: at, ...checkpoint }, { signal });
        if (head === null) parts.push(`${JSON.stringify(page.header)}\n`);
        parts.push(page.lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
        head = page.header;
        records += page.lines.length;
        at = page.next;
        setState({ kind: 'running', records, part: (at ?? page.size) / Math.max(1, page.size) });
        if (at === null) {
          save(parts);
          setState({ kind: 'done', records, key: page.header.key });
        }
      }
    } catch (error) {
      setState(signal.aborted ? { kind: 'idle' } : { kind: 'failed', refusal: refusalOf(error) });
    }
  }

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
              has the device’s public key can prove each line with “countersign-verify”. A table for spreadsheets and
              OpenTelemetry are offered by “countersign audit export”.
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
              <Button look="primary" onClick={() => void run()}>
                {state.kind === 'idle' ? 'Save' : 'Save again'}
              </Button>
            )}
          </div>
        </div>
      </Dialog>
    </>
  );
}

/** Hands a file to whatever shell this is: a download in the browser, a save dialog on the desktop. */
function save(parts: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([...parts], { type: 'application/jsonl' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = 'countersign-audit.jsonl';
  anchor.click();
  URL.revokeObjectURL(url);
}
