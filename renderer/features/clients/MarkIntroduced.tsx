import { useStatus } from '../../link/queries.ts';
import { Note } from '../../ui/Note.tsx';

/** How a person knows a real prompt, said while the first stands open. The mark itself is drawn in the approval window alone. */
export function MarkIntroduced() {
  const where = useStatus().data?.mode === 'headless' ? 'approval page' : 'approval window';
  return (
    <Note tone="info" title="Your prompts always carry your mark">
      Look beside “Countersign asks” at the top of the {where}: two words and a small picture, made at random for this
      installation and shown nowhere else. Remember them. A prompt without them is not ours: do not answer it.
    </Note>
  );
}
