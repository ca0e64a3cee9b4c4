import type { Settings } from '../../../main/contract/settings.ts';
import { Panel } from '../../ui/Panel.tsx';
import { VisibleText } from '../../ui/VisibleText.tsx';

/** What rules may go by besides the request; nothing at all where nothing is said. */
export function SettingsInForce({ settings }: { settings: Settings }) {
  const { roles, environment, tenant, region } = settings;
  const families = Object.entries(settings.families);
  const said = [
    ['Roles', roles.join(', ')],
    ['Environment', environment],
    ['Tenant', tenant],
    ['Region', region],
  ].filter((row): row is [string, string] => row[1] !== '');
  return (
    <Panel title="What rules go by" note="From settings.json: roles, where this machine works, and families of tools.">
      {said.length === 0 && families.length === 0 ? (
        <p className="text-sm text-ink-faint">Nothing is said: rules see the request, its arguments and the time.</p>
      ) : (
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
          {said.map(([label, value]) => (
            <Row key={label} label={label} value={value} />
          ))}
          {families.map(([family, tools]) => (
            <Row key={`family ${family}`} label={`Family ${family}`} value={tools.join(', ')} mono />
          ))}
        </dl>
      )}
    </Panel>
  );
}

function Row({ label, value, mono = false }: { label: string; value: string; mono?: boolean }) {
  return (
    <>
      <dt className="text-ink-soft">{label}</dt>
      <dd className={mono ? 'font-mono text-xs break-all leading-5' : 'break-words'}>
        <VisibleText text={value} />
      </dd>
    </>
  );
}
