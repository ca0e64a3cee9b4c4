import { Note } from '../ui/Note.tsx';
import { Seal } from '../ui/Seal.tsx';
import { EmptyState, LoadingState } from '../ui/States.tsx';
import { MarkNote } from './Mark.tsx';

/** No ask in sight: nothing to decide, or no daemon to ask. */
export function Idle({ lost, notice }: { lost: string | null; notice: string | null }) {
  return (
    <main className="flex h-full flex-col justify-center gap-4 p-8">
      {lost === null ? (
        <>
          <EmptyState icon={<Seal />} level="h1" title="Nothing to decide">
            {notice ?? 'When a call needs your countersignature, it is shown here.'}
          </EmptyState>
          <MarkNote />
        </>
      ) : (
        <>
          <Note tone="warn" live title="The daemon does not answer">
            {lost} Nothing can be approved meanwhile; what waits is denied when its time is up.
          </Note>
          <LoadingState rows={2} label="Connecting" />
        </>
      )}
    </main>
  );
}
