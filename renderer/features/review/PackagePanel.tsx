import { RefreshCw, X } from 'lucide-react';
import { useEffect } from 'react';
import type { LaunchReview } from '../../../main/contract/launch.ts';
import { Button } from '../../ui/Button.tsx';
import { LOOK_UP_WORDS } from '../../ui/lookUpWords.ts';
import { Note } from '../../ui/Note.tsx';
import { PackageFacts } from '../../ui/PackageView.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { VisibleText } from '../../ui/VisibleText.tsx';
import { ScriptChoices } from './ScriptChoices.tsx';
import { useLookUp } from './useLookUp.ts';

/** What the registry says of the package that a launch names. Asked by itself for a launch nobody has agreed to. */
export function PackagePanel({ review }: { review: LaunchReview }) {
  const { server, truth, package: named } = review;
  const look = useLookUp(server);
  const wanted = named !== null && truth === null && review.consent !== 'given' && !look.done && look.progress === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a look-up begins once for each state that wants one
  useEffect(() => {
    if (wanted) look.run({ fresh: false });
  }, [wanted]);
  if (named === null) return null;
  return (
    <Panel
      title="The package"
      note={<VisibleText text={named.version === null ? named.name : `${named.name} ${named.version}`} />}
      actions={
        look.progress === null ? (
          <Button size="sm" icon={<RefreshCw size={14} />} onClick={() => look.run({ fresh: true })}>
            {truth?.version ? 'Look for changes' : 'Ask its registry'}
          </Button>
        ) : (
          <Button size="sm" icon={<X size={14} />} onClick={look.cancel}>
            Cancel
          </Button>
        )
      }
    >
      <div className="space-y-4">
        {look.progress !== null && (
          <p role="status" className="text-sm text-ink-soft">
            {LOOK_UP_WORDS[look.progress.step]}…{' '}
            <span className="text-ink-faint tabular-nums">
              {look.progress.answers} {look.progress.answers === 1 ? 'answer' : 'answers'}
            </span>
          </p>
        )}
        {look.refusal !== null && <ErrorState refusal={look.refusal} />}
        {truth === null && look.progress === null && look.refusal === null && (
          <p className="text-sm text-ink-faint">Nobody has asked its registry yet.</p>
        )}
        <Standing review={review} why={look.notPinned} />
        {truth !== null && <PackageFacts truth={truth} />}
        {review.launch?.package !== undefined && (
          <ScriptChoices
            pinned={review.launch.package}
            busy={look.progress !== null}
            onChoose={(scripts) => look.run({ fresh: false, scripts })}
          />
        )}
      </div>
    </Panel>
  );
}

/** Whether the package runs from the store, and if not why. */
function Standing({ review, why }: { review: LaunchReview; why: string | null }) {
  const { pinning, truth, launch, package: named } = review;
  if (launch?.package !== undefined) return null;
  const reason = pinning?.kind === 'not' ? pinning.why : why;
  const held = named?.kind === 'image' && /^sha\d+:/.test(named.version ?? '');
  if (reason !== null)
    return (
      <Note
        tone={held ? 'info' : 'warn'}
        title={held ? 'It runs through its launcher' : 'It runs through its launcher, so it is not held to one version'}
      >
        It cannot run from Countersign’s own store: <VisibleText text={reason} />.
      </Note>
    );
  if (truth === null || pinning === null || pinning.kind === 'pinned') return null;
  return (
    <Note tone="warn" title="As written, its launcher fetches whatever is newest at each start">
      Countersign can run exactly the version below from its own store instead.
    </Note>
  );
}
