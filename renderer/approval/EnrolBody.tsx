import type { AskSubject } from '../../main/contract/ask.ts';
import { FORM_WORDS, sendingRows } from '../../main/contract/syncWords.ts';
import { count } from '../ui/askWords.ts';
import { Badge, type Tone } from '../ui/Badge.tsx';
import { CodeBlock } from '../ui/CodeBlock.tsx';
import { Note } from '../ui/Note.tsx';
import { Fact, Facts } from '../ui/Panel.tsx';
import { Part } from './Part.tsx';

const FORMS: Record<'everything' | 'facets' | 'hash', { tone: Tone; label: string }> = {
  everything: { tone: 'warn', label: 'Everything' },
  facets: { tone: 'info', label: 'Facets' },
  hash: { tone: 'good', label: 'Hash only' },
};

/** What would leave this machine, to whom, and records of this very ledger as they would go out. */
export function EnrolBody({ subject }: { subject: Extract<AskSubject, { kind: 'enrol' }> }) {
  const { url, cosigner, sending, records, samples } = subject;
  return (
    <>
      <Note tone="warn" title="What is sent cannot be called back">
        Whoever runs the collector can read it, and will be able to show that nothing was altered afterwards.
      </Note>
      <Facts>
        <Fact name="Collector">{url}</Fact>
        <Fact name="Its key">
          <code className="font-mono text-xs break-all">{cosigner}</code>
        </Fact>
        <Fact name="Sent at once">{count(records, 'record')}, oldest first; new ones as they come</Fact>
      </Facts>
      <Part title="What is sent">
        <ul className="divide-y divide-line rounded-lg border border-line text-sm">
          {sendingRows(sending).map(({ what, form }) => (
            <li key={what} className="flex items-start gap-3 px-3 py-2">
              <span className="w-44 shrink-0">{what}</span>
              <span className="min-w-0 flex-1 text-ink-soft">{FORM_WORDS[form]}</span>
              <Badge tone={FORMS[form].tone}>{FORMS[form].label}</Badge>
            </li>
          ))}
        </ul>
      </Part>
      <Part title="Records of this ledger, as they would be sent">
        {samples.map(({ seq, form, json }) => (
          <figure key={seq} className="space-y-1">
            <figcaption className="flex items-center gap-2 text-xs text-ink-faint">
              Record {seq} <Badge tone={FORMS[form].tone}>{FORMS[form].label}</Badge>
            </figcaption>
            <CodeBlock name={`Record ${seq} as it would be sent`} text={json} copy={false} />
          </figure>
        ))}
      </Part>
    </>
  );
}

/** Sending less, or nothing: what that takes away. */
export function UnsyncBody({ subject }: { subject: Extract<AskSubject, { kind: 'unsync' }> }) {
  const { what, organisation, url, waiting } = subject;
  return (
    <>
      <Note tone="warn" title={`${organisation} will no longer witness this ledger`}>
        {what === 'pause'
          ? 'Records wait here until you resume; nothing is lost. Until then only this machine can say what happened.'
          : 'What was sent stays there. To send again, this device must be enrolled anew.'}
      </Note>
      <Facts>
        <Fact name="Collector">{url}</Fact>
        <Fact name="Not sent yet">{count(waiting, 'record')}</Fact>
      </Facts>
    </>
  );
}
