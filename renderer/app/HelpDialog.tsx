import { Dialog } from '../ui/Dialog.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import { SCREENS } from './place.ts';
import { GO_KEYS } from './shortcuts.ts';

const OTHERS: readonly [string, string[]][] = [
  ['Go anywhere by name', ['Mod', 'K']],
  ['Search on this screen', ['/']],
  ['This list', ['?']],
];

/** All keyboard shortcuts. */
export function HelpDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard">
      <ul className="divide-y divide-line text-sm">
        {OTHERS.map(([label, keys]) => (
          <Row key={label} label={label} keys={keys} />
        ))}
        {SCREENS.map((screen) => (
          <Row key={screen} label={`Go to ${screen}`} keys={['G', GO_KEYS[screen]]} />
        ))}
      </ul>
    </Dialog>
  );
}

function Row({ label, keys }: { label: string; keys: string[] }) {
  return (
    <li className="flex h-8 items-center">
      {label}
      <span className="sr-only">: {keys.join(' then ')}</span>
      <span className="ml-auto">
        <KeyHint keys={keys} />
      </span>
    </li>
  );
}
