import { PasswordInput } from '../ui/Field.tsx';
import { VisibleText } from '../ui/VisibleText.tsx';
import type { Proof } from './proof.ts';
import type { Given } from './readiness.ts';

const SYSTEM = { 'touch-id': 'Touch ID', polkit: 'the system’s question' } as const;

/** What proves the person, and why this takes it: the passcode, the system, or a first passcode where there is neither. */
export function ProofFields({
  proof,
  because,
  given,
  onGiven,
}: {
  proof: Proof;
  because: string | null;
  given: Given;
  onGiven: (given: Given) => void;
}) {
  if (proof.kind === 'none') return null;
  const passcode = (label: string) => (
    <PasswordInput
      beside={proof.kind !== 'first'}
      label={label}
      value={given.passcode}
      onChange={(event) => onGiven({ ...given, passcode: event.target.value })}
    />
  );
  return (
    <div className="space-y-1.5">
      {because !== null && (
        <p className="text-xs text-ink-soft">
          <VisibleText terse text={because} />
          {proof.kind === 'first' && ' Choose a passcode for that; it is asked for from now on.'}
        </p>
      )}
      {proof.kind === 'first' ? (
        <div className="grid grid-cols-2 gap-3">
          {passcode('Choose a passcode')}
          <PasswordInput
            label="The same again"
            value={given.passcodeAgain}
            onChange={(event) => onGiven({ ...given, passcodeAgain: event.target.value })}
          />
        </div>
      ) : (
        passcode(
          proof.system === null ? 'Your passcode' : `Your passcode, or leave it empty for ${SYSTEM[proof.system]}`,
        )
      )}
    </div>
  );
}
