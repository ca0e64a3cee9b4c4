import { type KeyboardEvent, useId, useState } from 'react';
import { useServers } from '../link/queries.ts';
import { classNames } from '../ui/classNames.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import { matching } from './matching.ts';
import { type Place, SCREENS } from './place.ts';
import { GO_KEYS } from './shortcuts.ts';
import { go } from './usePlace.ts';

interface Target {
  readonly label: string;
  readonly kind: string;
  readonly place: Place;
  readonly keys?: string[];
}

/** Goes anywhere by typing a few letters of its name. */
export function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Go to" note="Type a few letters, then Enter.">
      <Search onClose={onClose} />
    </Dialog>
  );
}

function Search({ onClose }: { onClose: () => void }) {
  const id = useId();
  const servers = useServers().data ?? [];
  const [words, setWords] = useState('');
  const [active, setActive] = useState(0);
  const targets: Target[] = [
    ...SCREENS.map((screen) => ({
      label: screen.charAt(0).toUpperCase() + screen.slice(1),
      kind: 'Screen',
      place: { screen },
      keys: ['G', GO_KEYS[screen]],
    })),
    ...servers.flatMap(({ name }): Target[] => [
      { label: name, kind: 'Server', place: { screen: 'server', server: name, tab: 'overview' } },
      { label: `${name}: tools`, kind: 'Server', place: { screen: 'server', server: name, tab: 'tools' } },
      { label: `${name}: log`, kind: 'Server', place: { screen: 'server', server: name, tab: 'log' } },
    ]),
  ];
  const found = matching(targets, words);
  const chosen = Math.min(active, Math.max(0, found.length - 1));

  function choose(target: Target | undefined): void {
    if (target === undefined) return;
    go(target.place);
    onClose();
  }
  function onKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') setActive(Math.min(found.length - 1, chosen + 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, chosen - 1));
    else if (event.key === 'Enter') choose(found[chosen]);
    else return;
    event.preventDefault();
  }
  return (
    <>
      <input
        role="combobox"
        aria-label="Go to"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found.length === 0 ? undefined : `${id}-${chosen}`}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKey}
        placeholder="Screen or server"
        className="h-9 w-full rounded-md border border-control/60 bg-panel px-3 text-base placeholder:text-ink-faint"
      />
      <div id={`${id}-list`} role="listbox" aria-label="Places" tabIndex={-1} className="mt-2 max-h-80 overflow-y-auto">
        {found.map((target, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above handles the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the field above keeps the focus
          <div
            role="option"
            id={`${id}-${index}`}
            key={`${target.kind}${target.label}`}
            aria-selected={index === chosen}
            onClick={() => choose(target)}
            onMouseMove={() => setActive(index)}
            className={classNames(
              'flex h-9 items-center gap-3 rounded-md px-3 text-sm',
              index === chosen ? 'bg-selected' : 'text-ink-soft',
            )}
          >
            <span className="font-medium">{target.label}</span>
            <span className="text-xs text-ink-faint">{target.kind}</span>
            {target.keys !== undefined && (
              <span className="ml-auto">
                <KeyHint keys={target.keys} />
              </span>
            )}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="px-3 py-2 text-sm text-ink-faint">Nothing of that name.</p>}
    </>
  );
}
