import type { AskSubject } from '../../main/contract/ask.ts';
import { Badge } from '../ui/Badge.tsx';
import { PasswordInput } from '../ui/Field.tsx';
import { Fact, Facts } from '../ui/Panel.tsx';
import type { Given } from './readiness.ts';

interface Typed<Kind extends AskSubject['kind']> {
  readonly subject: Extract<AskSubject, { kind: Kind }>;
  readonly given: Given;
  readonly onGiven: (given: Given) => void;
}

/** A secret: who will get it, and its value where that is typed here. */
export function SecretBody({ subject, given, onGiven }: Typed<'secret'>) {
  return (
    <>
      <Facts>
        <Fact name="Given to">
          {subject.usedBy.length === 0 ? (
            'No server refers to it yet.'
          ) : (
            <span className="flex flex-wrap gap-1">
              {subject.usedBy.map((server) => (
                <Badge key={server}>{server}</Badge>
              ))}
            </span>
          )}
        </Fact>
        {subject.replaces && (
          <Fact name="Before">The value stored now is replaced; servers get the new one at their next start.</Fact>
        )}
      </Facts>
      {subject.value === 'typed' ? (
        <PasswordInput
          label="Value"
          value={given.value}
          onChange={(event) => onGiven({ ...given, value: event.target.value })}
          note="Goes from here into the keychain; nothing else keeps or shows it."
        />
      ) : (
        <p className="text-sm text-ink-soft">The value was typed on a terminal and waits for your answer.</p>
      )}
    </>
  );
}

/** A new passcode, typed twice. */
export function PasscodeBody({ subject, given, onGiven }: Typed<'passcode'>) {
  return (
    <>
      <p className="text-sm text-ink-soft">
        It is asked for what is most dangerous, and wherever there is no window to approve in. Never type it where an
        agent can read along.
        {subject.replaces && ' The old one stops working.'}
      </p>
      <PasswordInput
        label="New passcode"
        value={given.value}
        onChange={(event) => onGiven({ ...given, value: event.target.value })}
        note="Eight characters or more."
      />
      <PasswordInput
        label="New passcode again"
        value={given.again}
        onChange={(event) => onGiven({ ...given, again: event.target.value })}
      />
    </>
  );
}
