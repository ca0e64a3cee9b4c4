import { OctagonX } from 'lucide-react';
import { useSwitches } from '../../link/queries.ts';
import { useAction } from '../../link/useAction.ts';
import { Button } from '../../ui/Button.tsx';
import { Note } from '../../ui/Note.tsx';

/** The kill switch for everything. It asks nothing back: stopping must be quick, and switching on again is asked. */
export function StopEverything() {
  const stop = useAction((link) => link.switches.kill({ scope: { kind: 'all' } }));
  const stopped = useSwitches().data?.some(({ scope }) => scope.kind === 'all') ?? false;
  if (stopped) return null;
  return (
    <>
      {stop.refusal !== null && (
        <Note tone="bad" title={stop.refusal.message}>
          {stop.refusal.fix}
        </Note>
      )}
      <Button look="danger" icon={<OctagonX size={15} />} busy={stop.busy} onClick={() => stop.run()}>
        Stop everything
      </Button>
    </>
  );
}
