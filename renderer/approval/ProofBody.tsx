import type { AskSubject } from '../../main/contract/ask.ts';
import { proofWords } from '../../main/contract/personProof.ts';
import { Note } from '../ui/Note.tsx';
import { Fact, Facts } from '../ui/Panel.tsx';

/** Asking for less proof of the person: what it is now, and what it would be. */
export function ProofBody({ subject }: { subject: Extract<AskSubject, { kind: 'proof' }> }) {
  return (
    <>
      <Note tone="warn" title="A click will be enough for more than now">
        Whoever can click on this screen, an agent included, can say yes to that.
      </Note>
      <Facts>
        <Fact name="Proof now">{proofWords(subject.from)}</Fact>
        <Fact name="Proof then">{proofWords(subject.to)}</Fact>
      </Facts>
    </>
  );
}
