import type { AskSubject } from '../../main/contract/ask.ts';
import { ClassBadge } from '../ui/Badge.tsx';
import { Note } from '../ui/Note.tsx';
import { Fact, Facts } from '../ui/Panel.tsx';
import { fullTime } from '../ui/time.ts';
import { VisibleText } from '../ui/VisibleText.tsx';
import { CallBody } from './CallBody.tsx';

/** Somebody else's call: whose, from which device, until when; then the call as it would run there. */
export function CountersignBody({
  subject,
  onOpen,
}: {
  subject: Extract<AskSubject, { kind: 'countersign' }>;
  onOpen: (pointer: string) => void;
}) {
  const { from, call, deadline } = subject;
  return (
    <>
      <Note
        tone={from.enrolledAs === null ? 'bad' : 'info'}
        title={from.enrolledAs === null ? 'This device does not know the one that asks' : `Asked by ${from.enrolledAs}`}
      >
        You are the second of two people: it runs on their machine, not on this one. Agree only if you know why they
        want it.
      </Note>
      <Facts>
        <Fact name="First yes">
          <VisibleText terse text={`${from.person}, on the device that calls itself ${from.name}`} />
        </Fact>
        <Fact name="Their device">
          <code className="font-mono text-xs break-all">{from.fingerprint}</code>
        </Fact>
        <Fact name="Good until">{fullTime(deadline)}</Fact>
        <Fact name="Their device says">
          <span className="inline-flex flex-wrap items-center gap-2">
            <VisibleText terse text={call.effect} /> <ClassBadge value={call.class} />
          </span>
        </Fact>
      </Facts>
      <CallBody subject={call} onOpen={onOpen} />
    </>
  );
}
