import type { AskSubject } from '../../main/contract/ask.ts';
import { secretFacts } from '../../main/contract/secretWords.ts';
import { PasswordInput } from '../ui/Field.tsx';
import { LaunchFindings } from '../ui/LaunchFindings.tsx';
import { LaunchView } from '../ui/LaunchView.tsx';
import { Fact, Facts } from '../ui/Panel.tsx';
import { VisibleText } from '../ui/VisibleText.tsx';
import { Part } from './Part.tsx';
import type { Given } from './readiness.ts';

interface Typed<Kind extends AskSubject['kind']> {
  readonly subject: Extract<AskSubject, { kind: Kind }>;
  readonly given: Given;
  readonly onGiven: (given: Given) => void;
}

/** A secret: who will get it, the command that makes it, or its value where that is typed here. */
export function SecretBody({ subject, given, onGiven }: Typed<'secret'>) {
  const { helper } = subject;
  return (
    <>
      <Facts>
        {secretFacts(subject).map(([name, text]) => (
          <Fact key={name} name={`${name.charAt(0).toUpperCase()}${name.slice(1)}`}>
            <VisibleText text={text} />
          </Fact>
        ))}
      </Facts>
      {subject.value === 'typed' && (
        <PasswordInput
          label="Value"
          value={given.value}
          onChange={(event) => onGiven({ ...given, value: event.target.value })}
          note="Goes from here into the keychain; nothing else keeps or shows it."
        />
      )}
      {helper !== undefined && (
        <>
          {helper.findings.length > 0 && (
            <Part title="What to know first">
              <LaunchFindings launch={helper.launch} findings={helper.findings} />
            </Part>
          )}
          <Part title="The command that makes it">
            <LaunchView launch={helper.launch} findings={helper.findings} />
          </Part>
        </>
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
