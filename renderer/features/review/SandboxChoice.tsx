import { useState } from 'react';
import { type Reach, type SandboxPreset, sandboxPreset } from '../../../main/contract/sandbox.ts';
import { useAction } from '../../link/useAction.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Field.tsx';
import { ErrorState } from '../../ui/States.tsx';

const WORDS: Record<SandboxPreset, string> = {
  standard: 'Standard: changes what it works on, reaches the network',
  'no-network': 'No network: as standard, and reaches none',
  'read-only': 'Read only: changes nothing for good',
  off: 'Off: reaches whatever your account can',
};

/** Another sandbox for a server: written into its entry, and in force once somebody has agreed to the launch with it. */
export function SandboxChoice({ server, reach }: { server: string; reach: Reach }) {
  const [preset, setPreset] = useState<SandboxPreset>(reach.preset);
  const write = useAction((link) => link.servers.sandbox({ server, sandbox: preset }));
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap items-end gap-2">
        <div className="min-w-64 flex-1">
          <Select
            label="What it may reach"
            className="w-full"
            value={preset}
            onChange={(event) => setPreset(sandboxPreset.parse(event.target.value))}
            options={sandboxPreset.options.map((value) => ({ value, label: WORDS[value] }))}
          />
        </div>
        <Button busy={write.busy} disabled={preset === reach.preset} onClick={() => write.run()}>
          Change
        </Button>
      </div>
      {write.refusal !== null && <ErrorState refusal={write.refusal} />}
      {preset !== reach.preset && (
        <p className="text-xs text-ink-faint">The server does not start again before you have agreed to the change.</p>
      )}
    </div>
  );
}
