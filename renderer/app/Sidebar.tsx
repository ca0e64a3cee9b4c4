import {
  Blocks,
  House,
  KeyRound,
  ListTree,
  MessageSquareWarning,
  Scale,
  ScrollText,
  Search,
  Settings,
  ShieldCheck,
} from 'lucide-react';
import type { ComponentType, ReactNode } from 'react';
import { useStatus } from '../link/queries.ts';
import { classNames } from '../ui/classNames.ts';
import { KeyHint } from '../ui/KeyHint.tsx';
import { Seal } from '../ui/Seal.tsx';
import { hrefOf, type Place, type Screen } from './place.ts';
import { StatusFooter } from './StatusFooter.tsx';
import { GO_KEYS } from './shortcuts.ts';

const ITEMS: readonly { screen: Screen; label: string; icon: ComponentType<{ size?: number }> }[] = [
  { screen: 'home', label: 'Home', icon: House },
  { screen: 'clients', label: 'Clients', icon: Blocks },
  { screen: 'servers', label: 'Servers', icon: ListTree },
  { screen: 'asks', label: 'Asks', icon: MessageSquareWarning },
  { screen: 'grants', label: 'Grants', icon: ShieldCheck },
  { screen: 'audit', label: 'Audit', icon: ScrollText },
  { screen: 'secrets', label: 'Secrets', icon: KeyRound },
  { screen: 'policy', label: 'Policy', icon: Scale },
  { screen: 'settings', label: 'Settings', icon: Settings },
];

/** The way between screens, what waits for an answer, and the state of the daemon. */
export function Sidebar({ place, onPalette }: { place: Place; onPalette: () => void }) {
  const asks = useStatus().data?.asks ?? 0;
  const here = screenOf(place);
  return (
    <nav aria-label="Main" className="flex w-56 shrink-0 flex-col border-r border-line bg-sunken">
      <div className="flex items-center gap-2.5 px-4 pt-5 pb-4">
        <Seal />
        <span className="text-base font-semibold tracking-tight">Countersign</span>
      </div>
      <div className="px-3 pb-3">
        <button
          type="button"
          onClick={onPalette}
          className="flex h-8 w-full items-center gap-2 rounded-md border border-line bg-panel px-2.5 text-sm text-ink-faint shadow-control hover:border-line-strong"
        >
          <Search aria-hidden="true" size={13} />
          Go to…
          <span className="ml-auto">
            <KeyHint keys={['Mod', 'K']} />
          </span>
        </button>
      </div>
      <ul className="flex-1 space-y-px overflow-y-auto px-3">
        {ITEMS.map(({ screen, label, icon: Icon }) => (
          <li key={screen}>
            <Item
              href={hrefOf({ screen })}
              current={here === screen}
              label={label}
              icon={<Icon size={15} />}
              keys={['G', GO_KEYS[screen]]}
              waiting={screen === 'asks' ? asks : 0}
            />
          </li>
        ))}
      </ul>
      <StatusFooter />
    </nav>
  );
}

function Item(props: {
  href: string;
  current: boolean;
  label: string;
  icon: ReactNode;
  keys: string[];
  waiting: number;
}) {
  return (
    <a
      href={props.href}
      aria-current={props.current ? 'page' : undefined}
      className={classNames(
        'group flex h-8 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium',
        props.current ? 'bg-selected text-ink' : 'text-ink-soft hover:bg-hover hover:text-ink',
      )}
    >
      <span aria-hidden="true" className={props.current ? 'text-accent-ink' : 'text-ink-faint'}>
        {props.icon}
      </span>
      {props.label}
      {props.waiting > 0 ? (
        <span
          aria-hidden="true"
          className="ml-auto grid h-[18px] min-w-[18px] place-items-center rounded-full bg-accent px-1 text-2xs font-semibold text-ink-on-accent tabular-nums"
        >
          {props.waiting}
        </span>
      ) : (
        <span className="ml-auto opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100">
          <KeyHint keys={props.keys} />
        </span>
      )}
    </a>
  );
}

/** The entry that a place belongs to. */
function screenOf({ screen }: Place): Screen {
  if (screen === 'server') return 'servers';
  return screen === 'session' ? 'audit' : screen;
}
