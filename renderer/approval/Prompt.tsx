import { useEffect, useMemo, useRef, useState } from 'react';
import type { AskAnswer, AskView } from '../../main/contract/ask.ts';
import type { Refusal } from '../../main/contract/errors.ts';
import type { GrantChoice } from '../../main/contract/grant.ts';
import type { DaemonStatus } from '../../main/contract/status.ts';
import { askSentence } from '../ui/askWords.ts';
import { classNames } from '../ui/classNames.ts';
import { Note } from '../ui/Note.tsx';
import { ScrollRegion } from '../ui/ScrollRegion.tsx';
import { ErrorState } from '../ui/States.tsx';
import { VisibleText } from '../ui/VisibleText.tsx';
import { Alike } from './Alike.tsx';
import { Body } from './Body.tsx';
import { COLUMN } from './column.ts';
import type { Door, Where } from './door.ts';
import { Footer } from './Footer.tsx';
import { Heading } from './Heading.tsx';
import { ProofFields } from './ProofFields.tsx';
import { lackingProof, proofFor } from './proof.ts';
import { proveFor } from './provePasscode.ts';
import type { Queue } from './queue.ts';
import { cutParts, type Given, missing, needsName } from './readiness.ts';
import { refusalOf } from './refusalOf.ts';
import { isField, useArming } from './useArming.ts';
import { Who } from './Who.tsx';

const NOTHING: Given = { opened: new Set(), passcode: '', passcodeAgain: '', value: '', again: '' };

/**
 * One ask and its answer. Deny is focused and is what Escape and D mean; yes is a click on its button, or
 * Ctrl+Enter (Cmd+Enter), and only while the arming of `armed.ts` says that it counts.
 */
export function Prompt({
  where,
  door,
  status,
  queue,
  fromSession,
  alike,
  ask,
  onAnswered,
}: {
  where: Where;
  door: Door;
  status: DaemonStatus;
  queue: Queue;
  /** How many calls of this one's session wait. */
  fromSession: number;
  /** Calls of the same tool from the same session that wait as well. */
  alike: readonly AskView[];
  ask: AskView;
  onAnswered: () => Promise<void>;
}) {
  const [given, setGiven] = useState<Given>(NOTHING);
  const [note, setNote] = useState<string | null>(null);
  const [grant, setGrant] = useState<GrantChoice | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refusal | null>(null);
  const told = useRef(false);
  const sending = useRef(false);
  const yes = useRef<HTMLButtonElement>(null);
  const arming = useArming(ask.id, (target) => target instanceof Node && (yes.current?.contains(target) ?? false));
  const proof = proofFor(ask, status, where);
  const cut = useMemo(() => cutParts(ask.subject), [ask.subject]);
  const lacking =
    note === null
      ? (missing(ask.subject, given, cut) ?? lackingProof(proof, given))
      : 'You are writing why not: only Deny sends it.';

  const sentence = askSentence(ask.subject);

  useEffect(() => {
    function tell(): void {
      if (document.visibilityState !== 'visible' || told.current) return;
      told.current = true;
      door.asks.shown({ id: ask.id }).catch(() => {});
    }
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [door, ask.id]);

  async function send(act: () => Promise<unknown>): Promise<void> {
    if (sending.current) return;
    sending.current = true;
    setBusy(true);
    setRefused(null);
    try {
      await act();
      await onAnswered();
    } catch (error) {
      setRefused(refusalOf(error));
      setGiven((now) => ({ ...now, passcode: '', passcodeAgain: '' }));
    }
    sending.current = false;
    setBusy(false);
  }

  function deny(stop: boolean): void {
    const words = note?.trim() ?? '';
    void send(async () => {
      await door.asks.deny({ id: ask.id, ...(words === '' ? {} : { note: words }) });
      if (stop && 'server' in ask.subject) await door.servers.stop({ server: ask.subject.server });
    });
  }

  function denyAll(): void {
    const { subject } = ask;
    const words = note?.trim() ?? '';
    if (subject.kind !== 'call') return;
    void send(() => door.asks.denyAll({ session: subject.session, ...(words === '' ? {} : { note: words }) }));
  }

  function denyAlike(): void {
    const words = note?.trim() ?? '';
    void send(() =>
      Promise.all([ask, ...alike].map(({ id }) => door.asks.deny({ id, ...(words === '' ? {} : { note: words }) }))),
    );
  }

  /** What goes with a yes to show that it is the person. */
  async function prove(): Promise<Pick<AskAnswer, 'proof' | 'system' | 'firstPasscode'>> {
    if (proof.kind === 'none') return {};
    if (proof.kind === 'first') return { firstPasscode: given.passcode };
    if (given.passcode === '') return { system: true };
    return { proof: await proveFor(door, ask, given.passcode) };
  }

  function allow(): void {
    if (lacking !== undefined) return;
    const typed =
      needsName(ask.subject) ||
      ask.subject.kind === 'passcode' ||
      (ask.subject.kind === 'secret' && ask.subject.value === 'typed');
    void send(async () =>
      door.asks.answer({
        id: ask.id,
        hash: ask.hash,
        approve: true,
        ...(await prove()),
        ...(typed ? { value: given.value } : {}),
        ...(grant === null ? {} : { grant }),
      }),
    );
  }

  const latest = useRef({ deny, allow, arming, note });
  latest.current = { deny, allow, arming, note };
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      const now = latest.current;
      if (!event.isTrusted || event.isComposing) return;
      if (event.key === 'Escape') {
        event.preventDefault();
        // A held key must not deny the whole queue.
        if (!event.repeat) now.deny(false);
      } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        if (!event.repeat && now.arming.keyCounts(event)) now.allow();
      } else if (
        event.key.toLowerCase() === 'd' &&
        !isField(event.target) &&
        !event.ctrlKey &&
        !event.metaKey &&
        !event.altKey
      ) {
        if (!event.repeat && now.arming.keyCounts(event)) now.deny(false);
      }
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  return (
    <main className="flex h-full flex-col">
      <Heading ask={ask} queue={queue} />
      <ScrollRegion
        label="What is asked"
        className={classNames(
          COLUMN,
          'min-h-0 flex-1 scroll-py-8 space-y-4 overflow-y-auto py-5 outline-offset-[-2px]',
        )}
      >
        {queue.notice !== null && (
          <Note tone="warn" live title={queue.notice}>
            This is another one.
          </Note>
        )}
        <h1 className={classNames('font-semibold tracking-tight wrap-anywhere', sizeOf(sentence))}>
          <VisibleText terse text={sentence} />
        </h1>
        <Who ask={ask} />
        {alike.length > 0 && <Alike asks={alike} onDeny={denyAlike} />}
        <Body
          subject={ask.subject}
          given={given}
          onGiven={setGiven}
          onOpen={(pointer) => setGiven((now) => ({ ...now, opened: new Set(now.opened).add(pointer) }))}
        />
        {refused !== null && <ErrorState refusal={refused} />}
      </ScrollRegion>
      <Footer
        ask={ask}
        yes={yes}
        armed={arming.armed}
        busy={busy}
        lacking={lacking}
        proof={<ProofFields proof={proof} because={ask.because} given={given} onGiven={setGiven} />}
        note={note}
        onNote={setNote}
        onDeny={deny}
        fromSession={fromSession}
        onDenyAll={denyAll}
        grant={grant}
        onGrant={setGrant}
        onYesClick={(event) => {
          // A click without a pointer (Enter, Space, a script) has no detail: it is never a yes.
          if (event.isTrusted && event.detail === 1 && arming.clickCounts(event.nativeEvent)) allow();
        }}
      />
    </main>
  );
}

/** The longer, the smaller, so that what follows stays in sight. */
function sizeOf(sentence: string): string {
  return sentence.length < 70 ? 'text-2xl' : sentence.length < 150 ? 'text-xl' : 'text-lg';
}
