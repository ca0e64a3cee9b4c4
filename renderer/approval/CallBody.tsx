import type { CallSubject } from '../../main/contract/ask.ts';
import { ArgumentList } from '../ui/ArgumentList.tsx';
import { count } from '../ui/askWords.ts';
import { CLASS_WORDS } from '../ui/Badge.tsx';
import { ChangeView } from '../ui/ChangeView.tsx';
import { CLASS_ICONS } from '../ui/classIcons.ts';
import { Digest } from '../ui/Digest.tsx';
import { Fact, Facts } from '../ui/Panel.tsx';
import { VisibleText } from '../ui/VisibleText.tsx';
import { Part } from './Part.tsx';
import { changePart, shownInChange } from './readiness.ts';

const RISK = {
  read: 'border-line bg-panel',
  'read-sensitive': 'border-info-solid/40 bg-info-soft',
  write: 'border-warn-solid/40 bg-warn-soft',
  external: 'border-bad-solid/40 bg-bad-soft',
} as const;

const INK = {
  read: 'text-good-ink',
  'read-sensitive': 'text-info-ink',
  write: 'text-warn-ink',
  external: 'text-bad-ink',
} as const;

/** One call: how bad, with what, who asks, what can be undone, why it asks; last of all what the server says. */
export function CallBody({ subject, onOpen }: { subject: CallSubject; onOpen: (pointer: string) => void }) {
  const { changes = [] } = subject;
  const Icon = CLASS_ICONS[subject.class];
  return (
    <>
      <div className={`flex gap-3 rounded-lg border px-3.5 py-2.5 text-sm ${RISK[subject.class]}`}>
        <Icon aria-hidden="true" size={18} className={`mt-px shrink-0 ${INK[subject.class]}`} />
        <div className="min-w-0">
          <p className={`font-medium ${INK[subject.class]}`}>{CLASS_WORDS[subject.class].means}</p>
          {subject.reasons.length > 0 && (
            <ul className="mt-1 list-disc space-y-0.5 pl-4 text-ink-soft">
              {subject.reasons.map((reason) => (
                <li key={reason}>
                  <VisibleText text={reason} />
                </li>
              ))}
            </ul>
          )}
          <p className="mt-1.5 text-ink-soft">
            <span className="font-medium text-ink">Undo: </span>
            <VisibleText text={subject.undo} />
          </p>
        </div>
      </div>
      {changes.length > 0 && (
        <Part title="What would change">
          <div className="space-y-4">
            {changes.map((change, index) => (
              <ChangeView key={change.path} change={change} onOpen={() => onOpen(changePart(index))} />
            ))}
          </div>
        </Part>
      )}
      <Part title={count(subject.arguments.length, 'argument')}>
        <ArgumentList items={subject.arguments} elsewhere={shownInChange(subject)} onOpen={onOpen} />
      </Part>
      <Facts>
        <Fact name="Rule">
          <code className="font-mono text-xs">{subject.rule.id}</code>
          {subject.rule.file !== null && (
            <span className="text-xs text-ink-faint">
              {' '}
              in {subject.rule.file}
              {subject.rule.line !== null && `, line ${subject.rule.line}`}
            </span>
          )}
        </Fact>
        <Fact name="Session">
          <code className="font-mono text-xs break-all">{subject.session}</code>
        </Fact>
        <Fact name="Bound to">
          <span className="text-xs text-ink-faint">
            bytes <Digest value={subject.bytesDigest} />, definition <Digest value={subject.definitionDigest} />, launch{' '}
            <Digest value={subject.launchDigest} />
          </span>
        </Fact>
      </Facts>
      {subject.serverSays !== null && (
        <Part title="The server says of this tool">
          <blockquote className="max-h-40 overflow-y-auto border-l-2 border-line-strong pl-3 text-sm break-words whitespace-pre-wrap text-ink-faint">
            <VisibleText text={subject.serverSays} />
          </blockquote>
        </Part>
      )}
    </>
  );
}
