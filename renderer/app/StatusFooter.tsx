import type { DaemonStatus } from '../../main/contract/status.ts';
import { useLinkState } from '../link/LinkProvider.tsx';
import { useStatus } from '../link/queries.ts';
import type { Tone } from '../ui/Badge.tsx';
import { StatusDot } from '../ui/StatusDot.tsx';

const MODES: Record<DaemonStatus['mode'], { tone: Tone; text: string }> = {
  app: { tone: 'good', text: 'Protecting' },
  headless: { tone: 'good', text: 'Protecting, headless' },
  'look-only': { tone: 'warn', text: 'Look only: nobody can approve' },
};

/** The daemon in four lines: whether it answers and who can approve, where keys live, which device this is, how much is recorded. */
export function StatusFooter() {
  const state = useLinkState();
  const status = useStatus().data;
  if (status === undefined || state !== 'open') {
    return (
      <div role="status" className="flex items-center gap-2 border-t border-line px-4 py-3 text-xs text-ink-faint">
        <StatusDot tone={state === 'connecting' ? 'info' : 'bad'} moving={state !== 'ended'} />
        {state === 'connecting' || state === 'open' ? 'Connecting' : 'Not connected'}
      </div>
    );
  }
  const mode = MODES[status.mode];
  return (
    <div className="space-y-1 border-t border-line px-4 py-3 text-xs text-ink-faint">
      <p className="flex items-center gap-2 font-medium text-ink-soft">
        <StatusDot tone={status.problems.length > 0 || status.disk.state !== 'enough' ? 'warn' : mode.tone} />
        {mode.text}
      </p>
      <p title={status.keystore.detail}>{keystoreText(status)}</p>
      {status.device !== null && (
        <p title={status.device}>
          Device <span className="font-mono">{status.device.replace(/^sha256:/, '').slice(0, 12)}</span>
        </p>
      )}
      <p className="tabular-nums">{status.records.toLocaleString()} records</p>
    </div>
  );
}

function keystoreText({ keystore }: DaemonStatus): string {
  const place = { keychain: 'Keychain', vault: 'Sealed vault', none: 'No keychain' }[keystore.kind];
  return keystore.kind === 'none' ? place : `${place} ${keystore.state}`;
}
