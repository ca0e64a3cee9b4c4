import type { AskSubject } from '../../main/contract/ask.ts';
import { Badge } from '../ui/Badge.tsx';
import { ClientChanges } from '../ui/ClientChanges.tsx';
import { Note } from '../ui/Note.tsx';
import { VisibleText } from '../ui/VisibleText.tsx';
import { Part } from './Part.tsx';

/** What is written into clients' files, and which values move into the keychain. */
export function ProtectBody({ subject }: { subject: Extract<AskSubject, { kind: 'protect' }> }) {
  return (
    <>
      <Note tone="info" title="From then on these clients start the servers through Countersign">
        A server that nobody has agreed to does not start. You can put everything back under Clients, byte for byte.
      </Note>
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
      </Note>
      <Part title="Put back">
        <ClientChanges changes={subject.changes} />
      </Part>
    </>
  );
}
