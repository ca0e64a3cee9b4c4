import { useState } from 'react';
import type { AskView } from '../../../main/contract/ask.ts';
import { useLiveLink } from '../../link/LinkProvider.tsx';
import { useAction } from '../../link/useAction.ts';
import { ArgumentList } from '../../ui/ArgumentList.tsx';
import { askSentence, KIND_WORDS } from '../../ui/askWords.ts';
import { Badge, ClassBadge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { ClientLine } from '../../ui/ClientLine.tsx';
import { Countdown, useNow } from '../../ui/Countdown.tsx';
import { TextInput } from '../../ui/Field.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { ago } from '../../ui/time.ts';
import { VisibleText } from '../../ui/VisibleText.tsx';

/** One open ask: what it is, how long it stays open, and the way to deny it from here. */
export function OpenAsk({ ask }: { ask: AskView }) {
  const now = useNow(500);
  const [denying, setDenying] = useState(false);
  const { subject } = ask;
  const bridge = useLiveLink().kind === 'window' ? window.countersign : undefined;
  return (
    <li className="space-y-3 px-4 py-4">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1 space-y-1">
          <div className="flex items-center gap-2">
            {subject.kind === 'call' ? (
              <ClassBadge value={subject.class} />
            ) : (
              <Badge tone="accent">{KIND_WORDS[subject.kind]}</Badge>
            )}
            <span className="text-xs text-ink-faint">{ago(ask.askedAt, now)}</span>
          </div>
          <h3 className="text-base font-semibold break-words">
            <VisibleText text={askSentence(subject)} />
          </h3>
          {subject.kind === 'call' && (
            <p className="text-sm text-ink-soft">
              <span className="font-mono text-xs">
                <VisibleText text={`${subject.server} › ${subject.tool}`} breaks={false} />
              </span>
              {' · asked by '}
              <ClientLine client={subject.client} />
            </p>
          )}
        </div>
        <div className="flex shrink-0 gap-2">
          <Button onClick={() => setDenying(!denying)} aria-expanded={denying}>
            Deny…
          </Button>
          {bridge?.showPrompt !== undefined && (
            <Button look="primary" onClick={() => bridge.showPrompt?.()}>
              Show approval window
            </Button>
          )}
        </div>
      </div>
      {ask.deadline !== null && <Countdown askedAt={ask.askedAt} deadline={ask.deadline} now={now} />}
      {denying && <DenyForm ask={ask} onClose={() => setDenying(false)} />}
      {subject.kind === 'call' && subject.arguments.length > 0 && <ArgumentList items={subject.arguments} />}
    </li>
  );
}

function DenyForm({ ask, onClose }: { ask: AskView; onClose: () => void }) {
  const [note, setNote] = useState('');
  const deny = useAction(
    (link) => link.asks.deny({ id: ask.id, ...(note.trim() === '' ? {} : { note: note.trim() }) }),
    onClose,
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        deny.run();
      }}
      className="space-y-2"
    >
      <div className="flex items-end gap-2">
        <div className="flex-1">
          <TextInput
            label={ask.subject.kind === 'call' ? 'Note to the model, if you like' : 'Note, if you like'}
            value={note}
            maxLength={2000}
            onChange={(event) => setNote(event.target.value)}
            autoFocus
          />
        </div>
        <Button type="submit" look="danger" busy={deny.busy}>
          Deny
        </Button>
        <Button look="quiet" onClick={onClose}>
          Back
        </Button>
      </div>
      {deny.refusal !== null && <ErrorState refusal={deny.refusal} />}
    </form>
  );
}
