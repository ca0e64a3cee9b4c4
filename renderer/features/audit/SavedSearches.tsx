import { BookmarkPlus, X } from 'lucide-react';
import { useState } from 'react';
import { useSearches } from '../../link/queries.ts';
import { useAction } from '../../link/useAction.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextInput } from '../../ui/Field.tsx';
import { ErrorState } from '../../ui/States.tsx';

/** Searches under a name, to pick again, and the way to keep this one. */
export function SavedSearches({ text, onPick }: { text: string; onPick: (text: string) => void }) {
  const searches = useSearches().data ?? [];
  const drop = useAction((link, name: string) => link.audit.dropSearch({ name }));
  const known = searches.some((one) => one.text === text.trim());
  return (
    <ul aria-label="Saved searches" className="flex flex-wrap items-center gap-1.5 pb-3 empty:hidden">
      {searches.map(({ name, text: saved }) => (
        <li
          key={name}
          className="flex h-6 items-center rounded-full border border-line bg-panel pl-2.5 text-xs hover:bg-hover"
        >
          <button type="button" title={saved} aria-pressed={saved === text.trim()} onClick={() => onPick(saved)}>
            {name}
          </button>
          <IconButton label={`Forget ${name}`} onClick={() => drop.run(name)} className="ml-0.5 size-5 rounded-full">
            <X size={11} />
          </IconButton>
        </li>
      ))}
      {text.trim() !== '' && !known && (
        <li>
          <Keep text={text.trim()} />
        </li>
      )}
    </ul>
  );
}

function Keep({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const keep = useAction(
    (link, chosen: string) => link.audit.keepSearch({ name: chosen, text }),
    () => setOpen(false),
  );
  return (
    <>
      <Button
        size="sm"
        icon={<BookmarkPlus size={13} />}
        onClick={() => {
          setName('');
          setOpen(true);
        }}
      >
        Keep this search
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Keep this search" note={text}>
        <form
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            keep.run(name.trim());
          }}
        >
          <TextInput
            label="Name"
            value={name}
            maxLength={60}
            autoFocus
            onChange={(event) => setName(event.target.value)}
          />
          {keep.refusal !== null && <ErrorState refusal={keep.refusal} />}
          <div className="flex justify-end">
            <Button type="submit" look="primary" busy={keep.busy} disabled={name.trim() === ''}>
              Keep
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
