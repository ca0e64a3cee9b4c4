import type { AskSubject } from '../../main/contract/ask.ts';
import { CLIENT_NAMES } from '../../main/contract/client.ts';
import { Badge } from '../ui/Badge.tsx';
import { ClientChanges } from '../ui/ClientChanges.tsx';
import { CommandLines } from '../ui/CommandLines.tsx';
import { LaunchFindings } from '../ui/LaunchFindings.tsx';
import { Note } from '../ui/Note.tsx';
import { PlanNotes } from '../ui/PlanNotes.tsx';
import { VisibleText } from '../ui/VisibleText.tsx';
import { Part } from './Part.tsx';

/** What is written into clients' files, and which values move into the keychain. */
export function ProtectBody({ subject }: { subject: Extract<AskSubject, { kind: 'protect' }> }) {
  return (
    <>
      <Note tone="info" title="From then on these clients start the servers through Countersign">
        A server that nobody has agreed to does not start. You can put everything back under Clients, byte for byte.
      </Note>
      <PlanNotes files={subject.files} exposed={subject.exposed} />
      {subject.secrets.length > 0 && (
        <Part title="Moved into the keychain">
          <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line">
            {subject.secrets.map((secret) => (
              <li key={`${secret.name} ${secret.server}`} className="flex flex-wrap items-baseline gap-x-3 px-3 py-2">
                <span className="font-mono text-xs font-semibold break-all">
                  <VisibleText text={secret.variable} />
                </span>
                <span className="text-xs text-ink-soft">
                  of {secret.server}, {secret.length} characters: {secret.why}
                </span>
                <span className="ml-auto">
                  <Badge tone="info">{secret.name}</Badge>
                </span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part title="Written">
        <ClientChanges changes={subject.changes} />
      </Part>
    </>
  );
}

/** What is put back, and which secrets are then in the files again. */
export function UnprotectBody({ subject }: { subject: Extract<AskSubject, { kind: 'unprotect' }> }) {
  return (
    <>
      <Note tone="warn" title="These clients then start the servers around Countersign">
        Nothing asks you, and nothing is recorded.
        {subject.secrets.length > 0 && ` Written out in plain again: ${subject.secrets.join(', ')}.`}
        {subject.gone.length > 0 &&
          ` Revoked meanwhile, so that nothing comes in its place: ${subject.gone.join(', ')}.`}
      </Note>
      <Part title="Put back">
        <ClientChanges changes={subject.changes} />
      </Part>
    </>
  );
}

/** What a client goes on starting, all of it. */
export function LeaveBody({ subject: { client, file, entry } }: { subject: Extract<AskSubject, { kind: 'leave' }> }) {
  return (
    <>
      <Note tone="warn" title={`${CLIENT_NAMES[client]} then goes on starting it around Countersign`}>
        It came into its configuration without you. Nothing asks you, and nothing is recorded
        {entry.unasked && '; the client runs its tools unasked'}. Once it launches something else you are told again.
      </Note>
      {entry.findings.length > 0 && (
        <Part title="What to know first">
          <LaunchFindings launch={null} findings={entry.findings} />
        </Part>
      )}
      <Part title={entry.command === null ? 'Leads to' : 'Launches'}>
        {entry.command !== null && <CommandLines command={entry.command} args={entry.args} findings={entry.findings} />}
        {entry.url !== null && (
          <p className="font-mono text-xs break-all">
            <VisibleText text={entry.url} />
          </p>
        )}
        {entry.env.length > 0 && (
          <p className="mt-2 text-xs text-ink-soft">
            Sets{' '}
            <span className="font-mono break-all">
              <VisibleText text={entry.env.join(' ')} />
            </span>
          </p>
        )}
        <p className="mt-2 font-mono text-xs break-all text-ink-soft">
          <VisibleText text={`${file}:${entry.line}`} />
        </p>
      </Part>
    </>
  );
}
