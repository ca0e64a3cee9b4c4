import { KeyRound } from 'lucide-react';
import type { EntryVariable, ProtectPlan } from '../../../main/contract/client.ts';
import { Badge } from '../../ui/Badge.tsx';
import { VisibleText } from '../../ui/VisibleText.tsx';

/** Values that would move into the keychain, each of which a person may say is none; and what has to be set afterwards. */
export function SecretsFound({
  plan,
  plain,
  onPlain,
}: {
  plan: ProtectPlan;
  plain: readonly EntryVariable[];
  onPlain: (plain: readonly EntryVariable[]) => void;
}) {
  const kept = [...new Map(plain.map((one) => [one.variable, one])).values()];
  if (plan.secrets.length + plan.missing.length + kept.length === 0) return null;
  return (
    <section aria-label="Secrets" className="border-b border-line px-4 py-3">
      <h3 className="flex items-center gap-2 text-xs font-semibold text-ink-soft">
        <KeyRound aria-hidden="true" size={13} />
        Secrets that move into the keychain
      </h3>
      <ul className="mt-1.5 space-y-1">
        {plan.secrets.map((secret) => (
          <li key={`${secret.server} ${secret.variable} ${secret.name}`}>
            <label className="flex flex-wrap items-baseline gap-x-2 text-xs">
              <input
                type="checkbox"
                checked
                onChange={() =>
                  onPlain([...plain, ...secret.entries.map((entry) => ({ entry, variable: secret.variable }))])
                }
                className="translate-y-0.5 accent-accent"
              />
              <span className="font-mono font-semibold break-all">
                <VisibleText text={secret.variable} />
              </span>
              <span className="text-ink-soft">
                of {secret.server}: {secret.why}
              </span>
              <Badge tone="info">{secret.name}</Badge>
            </label>
          </li>
        ))}
        {kept.map(({ variable }) => (
          <li key={variable}>
            <label className="flex flex-wrap items-baseline gap-x-2 text-xs">
              <input
                type="checkbox"
                checked={false}
                onChange={() => onPlain(plain.filter((one) => one.variable !== variable))}
                className="translate-y-0.5 accent-accent"
              />
              <span className="font-mono font-semibold break-all">
                <VisibleText text={variable} />
              </span>
              <span className="text-ink-soft">stays in plain text: you say that it is no secret</span>
            </label>
          </li>
        ))}
        {plan.missing.map(({ server, variable, name, description }) => (
          <li key={`${server} ${variable} ${name}`} className="text-xs text-ink-soft">
            <span className="font-mono font-semibold">
              <VisibleText text={variable} />
            </span>{' '}
            of {server} is filled in by the client
            {description !== null && (
              <>
                {' '}
                (<VisibleText text={description} breaks={false} />)
              </>
            )}
            : the secret <span className="font-mono">{name}</span> is asked for at the end.
          </li>
        ))}
      </ul>
    </section>
  );
}
