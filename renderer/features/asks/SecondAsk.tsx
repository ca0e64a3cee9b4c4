import { useState } from 'react';
import type { AskView } from '../../../main/contract/ask.ts';
import { Await } from '../../link/Await.tsx';
import { useRequest } from '../../link/queries.ts';
import { useAction } from '../../link/useAction.ts';
import { askSentence } from '../../ui/askWords.ts';
import { ClassBadge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Countdown, useNow } from '../../ui/Countdown.tsx';
import { TextArea } from '../../ui/Field.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { VisibleText } from '../../ui/VisibleText.tsx';
import { Block } from './Block.tsx';

/** A call that one of two people has allowed: what to hand on, and where the answer goes. */
export function SecondAsk({ ask }: { ask: AskView }) {
  const now = useNow(1000);
  const [answer, setAnswer] = useState('');
  const request = useRequest(ask.id);
  const give = useAction((link) => link.second.give({ answer }));
  const deny = useAction((link) => link.asks.deny({ id: ask.id }));
  const { subject, first, deadline } = ask;
  return (
    <li className="space-y-3 px-4 py-4">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1 space-y-1">
          {subject.kind === 'call' && <ClassBadge value={subject.class} />}
          <h3 className="text-base font-semibold break-words">
            <VisibleText text={askSentence(subject)} />
          </h3>
          <p className="text-sm text-ink-soft">
            {first?.person} has allowed it. Somebody else has to, on a device that is enrolled under Settings.
          </p>
        </div>
        <Button busy={deny.busy} onClick={() => deny.run()}>
          Deny after all
        </Button>
      </div>
      {deadline !== null && first !== null && <Countdown askedAt={first.at} deadline={deadline} now={now} />}
      <div className="grid gap-4 md:grid-cols-2">
        <Await query={request} rows={3}>
          {({ text }) => <Block title="1. Hand this request to them" text={text} />}
        </Await>
        <form
          className="space-y-2"
          onSubmit={(event) => {
            event.preventDefault();
            give.run();
          }}
        >
          <TextArea
            mono
            label="2. Paste the answer they give you"
            rows={6}
            value={answer}
            placeholder="-----BEGIN COUNTERSIGN ANSWER-----"
            onChange={(event) => setAnswer(event.target.value)}
          />
          <Button type="submit" look="primary" busy={give.busy} disabled={answer.trim() === ''}>
            Check the answer
          </Button>
        </form>
      </div>
      {give.refusal !== null && <ErrorState refusal={give.refusal} />}
      {deny.refusal !== null && <ErrorState refusal={deny.refusal} />}
    </li>
  );
}
