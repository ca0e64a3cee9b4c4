import type { AskSubject } from '../../main/contract/ask.ts';
import { ApproverBody } from './ApproverBody.tsx';
import { CallBody } from './CallBody.tsx';
import { LeaveBody, ProtectBody, UnprotectBody } from './ClientsBody.tsx';
import { ConsentBody } from './ConsentBody.tsx';
import { ConsentsBody } from './ConsentsBody.tsx';
import { CountersignBody } from './CountersignBody.tsx';
import { EnrolBody, UnsyncBody } from './EnrolBody.tsx';
import { PinBody } from './PinBody.tsx';
import { PolicyBody } from './PolicyBody.tsx';
import { ProofBody } from './ProofBody.tsx';
import { RetentionBody } from './RetentionBody.tsx';
import type { Given } from './readiness.ts';
import { PasscodeBody, SecretBody } from './TypedBody.tsx';

/** What an ask is about, in full. */
export function Body({
  subject,
  given,
  onGiven,
  onOpen,
}: {
  subject: AskSubject;
  given: Given;
  onGiven: (given: Given) => void;
  onOpen: (pointer: string) => void;
}) {
  switch (subject.kind) {
    case 'call':
      return <CallBody subject={subject} onOpen={onOpen} />;
    case 'consent':
      return <ConsentBody subject={subject} given={given} onGiven={onGiven} />;
    case 'consents':
      return <ConsentsBody subject={subject} onOpen={onOpen} />;
    case 'protect':
      return <ProtectBody subject={subject} />;
    case 'unprotect':
      return <UnprotectBody subject={subject} />;
    case 'leave':
      return <LeaveBody subject={subject} />;
    case 'project':
      return (
        <p className="text-sm text-ink-soft">
          Files of AI clients in this folder are read as text, so that servers a project brings along are seen. Nothing
          in them is run.
        </p>
      );
    case 'pin':
      return <PinBody subject={subject} />;
    case 'policy':
      return <PolicyBody subject={subject} />;
    case 'secret':
      return <SecretBody subject={subject} given={given} onGiven={onGiven} />;
    case 'passcode':
      return <PasscodeBody subject={subject} given={given} onGiven={onGiven} />;
    case 'enrol':
      return <EnrolBody subject={subject} />;
    case 'unsync':
      return <UnsyncBody subject={subject} />;
    case 'retention':
      return <RetentionBody subject={subject} />;
    case 'proof':
      return <ProofBody subject={subject} />;
    case 'approver':
      return <ApproverBody subject={subject} />;
    case 'countersign':
      return <CountersignBody subject={subject} onOpen={onOpen} />;
    case 'revive':
      return (
        <p className="text-sm text-ink-soft">
          A kill switch stopped it, so every call of it was refused. Once on, calls are judged as before: by the policy,
          the accepted tools and the grants still in force.
        </p>
      );
    case 'switch':
      return (
        <p className="text-sm text-ink-soft">
          It was switched off, so every start and call was refused. Once on, clients can start it again, with the
          consent and the tools that were accepted before.
        </p>
      );
  }
}
