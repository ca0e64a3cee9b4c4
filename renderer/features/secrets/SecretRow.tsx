import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { SecretConcern, SecretInfo } from '../../../main/contract/secret.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { useNow } from '../../ui/Countdown.tsx';
import { ago } from '../../ui/time.ts';
import { VisibleText } from '../../ui/VisibleText.tsx';
import { RevokeDialog } from './RevokeDialog.tsx';

/** One secret: its facts in two lines, then what to do about it. */
export function SecretRow({
  secret,
  onRotate,
  onBind,
}: {
  secret: SecretInfo;
  onRotate: () => void;
  onBind: () => void;
}) {
  const { name, environment, helper } = secret;
  const [revoking, setRevoking] = useState(false);
  return (
    <li className="space-y-1.5 px-4 py-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-48 flex-1">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-mono text-sm font-semibold break-all">{name}</span>
            {environment !== null && <Badge>{environment}</Badge>}
            {helper !== null && <Badge tone="info">made by a command</Badge>}
          </p>
          <Dates secret={secret} />
          <Users secret={secret} />
          {secret.putsBack.length > 0 && (
            <p className="mt-1 text-xs text-ink-faint">
              Puts back <VisibleText text={secret.putsBack.join(', ')} breaks={false} />
            </p>
          )}
        </div>
        <div className="flex gap-2">
          <Button size="sm" aria-label={`Who gets it: ${name}`} onClick={onBind}>
            Who gets it
          </Button>
          <Button size="sm" aria-label={`Rotate ${name}`} onClick={onRotate}>
            Rotate
          </Button>
          <Button size="sm" look="dangerPlain" aria-label={`Revoke ${name}`} onClick={() => setRevoking(true)}>
            Revoke
          </Button>
        </div>
      </div>
      {helper !== null && (
        <p className="font-mono text-xs break-all text-ink-soft">{[helper.command, ...helper.args].join(' ')}</p>
      )}
      {secret.concerns.length > 0 && (
        <ul aria-label={`What to do about ${name}`} className="space-y-0.5">
          {secret.concerns.map(({ id, text }) => (
            <Concern key={`${id} ${text}`} id={id} text={text} />
          ))}
        </ul>
      )}
      <RevokeDialog secret={secret} open={revoking} onClose={() => setRevoking(false)} />
    </li>
  );
}

function Dates({ secret: { setAt, lastUsedAt, expiresAt, helper } }: { secret: SecretInfo }) {
  const now = useNow(30_000);
  const ends = expiresAt === null ? 'no end known' : `until ${new Date(expiresAt).toLocaleDateString()}`;
  return (
    <p className="text-xs text-ink-faint">
      {helper === null ? 'Set' : 'Agreed to'} {ago(setAt, now)} ·{' '}
      {lastUsedAt === null ? 'never used' : `used ${ago(lastUsedAt, now)}`}
      {(helper === null || expiresAt !== null) && ` · ${ends}`}
    </p>
  );
}

/** The servers that name it, the ones that run with it first in colour, and to whom it is kept. */
function Users({ secret: { usedBy, running, servers } }: { secret: SecretInfo }) {
  return (
    <p className="mt-1 flex flex-wrap items-center gap-1 text-xs text-ink-faint">
      {usedBy.length === 0 ? 'Named by no server' : 'Named by'}
      {usedBy.map((server) => (
        <Badge
          key={server}
          tone={running.includes(server) ? 'good' : 'quiet'}
          title={running.includes(server) ? 'runs with it now' : undefined}
        >
          {server}
          {running.includes(server) && ' · running'}
        </Badge>
      ))}
      {servers !== null && <span>kept for {servers.length === 0 ? 'nobody' : servers.join(', ')} only</span>}
    </p>
  );
}

const LOOKS: Record<SecretConcern, { icon: typeof Info; ink: string }> = {
  lost: { icon: CircleAlert, ink: 'text-bad-ink' },
  expired: { icon: CircleAlert, ink: 'text-bad-ink' },
  'expires-soon': { icon: TriangleAlert, ink: 'text-warn-ink' },
  old: { icon: TriangleAlert, ink: 'text-warn-ink' },
  'same-value': { icon: TriangleAlert, ink: 'text-warn-ink' },
  shared: { icon: Info, ink: 'text-ink-faint' },
  unused: { icon: Info, ink: 'text-ink-faint' },
};

function Concern({ id, text }: { id: SecretConcern; text: string }) {
  const { icon: Icon, ink } = LOOKS[id];
  return (
    <li className={`flex items-start gap-1.5 text-xs ${ink}`}>
      <Icon size={13} aria-hidden="true" className="mt-px shrink-0" />
      <span className="min-w-0 break-words">{text}</span>
    </li>
  );
}
