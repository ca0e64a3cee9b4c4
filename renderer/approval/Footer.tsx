import type { MouseEvent, ReactNode, RefObject } from 'react';
import { useEffect, useRef } from 'react';
import type { AskView } from '../../main/contract/ask.ts';
import type { GrantChoice } from '../../main/contract/grant.ts';
import { allowWords } from '../ui/askWords.ts';
import { Button } from '../ui/Button.tsx';
import { Countdown, useNow } from '../ui/Countdown.tsx';
import { classNames } from '../ui/classNames.ts';
import { TextArea } from '../ui/Field.tsx';
import { grantSentence } from '../ui/grantWords.ts';
import { KeyHint } from '../ui/KeyHint.tsx';
import { VisibleText } from '../ui/VisibleText.tsx';
import { COLUMN } from './column.ts';
import { GrantChooser } from './GrantChooser.tsx';

/** The answer: time left, what is lacking, the passcode where needed, no before yes. */
export function Footer({
  ask,
  yes,
  armed,
  busy,
  lacking,
  proof,
  note,
  onNote,
  onDeny,
  fromSession,
  onDenyAll,
  grant,
  onGrant,
  onYesClick,
}: {
  ask: AskView;
  yes: RefObject<HTMLButtonElement | null>;
  armed: boolean;
  busy: boolean;
  lacking: string | undefined;
  /** What the person proves themselves with, where a yes takes that. */
  proof: ReactNode;
  /** Null while no note is being written. */
  note: string | null;
  onNote: (note: string | null) => void;
  onDeny: (stop: boolean) => void;
  /** How many calls of the same session wait, this one included. */
  fromSession: number;
  onDenyAll: () => void;
  /** What the yes is chosen to grant as well; null for once. */
  grant: GrantChoice | null;
  onGrant: (grant: GrantChoice | null) => void;
  onYesClick: (event: MouseEvent<HTMLButtonElement>) => void;
}) {
  const now = useNow(250);
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => no.current?.focus({ preventScroll: true }), []);
  // Never `disabled`: that would drop the keyboard's focus each time a key goes down.
  const dead = !armed || lacking !== undefined || busy;
  const call = ask.subject.kind === 'call';
  const dangerous = ask.subject.kind === 'call' && ask.subject.class === 'external';
  return (
    <footer className={classNames(COLUMN, 'shrink-0 space-y-2.5 border-t border-line bg-panel pt-3 pb-2.5')}>
      <div className="flex flex-wrap items-center justify-end gap-x-6 gap-y-2 empty:hidden">
        {ask.deadline !== null && (
          <div className="min-w-48 flex-1">
            <Countdown askedAt={ask.askedAt} deadline={ask.deadline} now={now} />
          </div>
        )}
        {ask.subject.kind === 'call' && ask.subject.offers !== undefined && (
          <GrantChooser offers={ask.subject.offers} grant={grant} onGrant={onGrant} />
        )}
      </div>
      {proof}
      {note !== null && (
        <TextArea
          label="Note to the model"
          rows={2}
          maxLength={2000}
          value={note}
          placeholder="Why not, or what to do instead"
          autoFocus
          onChange={(event) => onNote(event.target.value)}
        />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          ref={no}
          look="plain"
          size="lg"
          className="min-w-28 font-semibold"
          busy={busy}
          onClick={() => onDeny(false)}
        >
          Deny
          <KeyHint keys={['Esc']} />
        </Button>
        {call && (
          <div className="flex flex-col items-start gap-0.5 max-[36rem]:order-first max-[36rem]:-mx-2 max-[36rem]:basis-[calc(100%+1rem)] max-[36rem]:flex-row max-[36rem]:flex-wrap">
            {note === null && (
              <Button look="quiet" size="sm" onClick={() => onNote('')}>
                Deny with a note…
              </Button>
            )}
            <Button look="quiet" size="sm" onClick={() => onDeny(true)}>
              Deny and stop this server
            </Button>
            {fromSession > 1 && (
              <Button look="quiet" size="sm" onClick={onDenyAll}>
                Deny all {fromSession} from this session
              </Button>
            )}
          </div>
        )}
        <Button
          ref={yes}
          look={dead ? 'dead' : dangerous ? 'danger' : 'primary'}
          size="lg"
          aria-describedby="lacking"
          aria-disabled={dead}
          className="ml-auto min-w-36"
          onClick={onYesClick}
        >
          {grant === null ? allowWords(ask) : 'Allow and grant'}
          <KeyHint onAccent keys={['Mod', '↵']} />
        </Button>
      </div>
      <p id="lacking" role="status" className="min-h-[18px] text-right text-xs text-ink-faint">
        <VisibleText terse text={lacking ?? goodFor(ask, grant)} />
      </p>
    </footer>
  );
}

function goodFor({ subject, via }: AskView, grant: GrantChoice | null): string {
  if (subject.kind !== 'call') return 'Enter alone never agrees.';
  if (grant !== null) return grantSentence(grant);
  if (via !== null) return 'Good for one retry of exactly this call, within 15 minutes.';
  return 'Good for exactly this call, once. Enter alone never allows.';
}
