import { CSPProvider } from '@base-ui/react/csp-provider';
import { useState } from 'react';
import { ToastHost } from '../ui/Toast.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { DiskBanner } from './DiskBanner.tsx';
import { HelpDialog } from './HelpDialog.tsx';
import { Palette } from './Palette.tsx';
import { ScreenView } from './ScreenView.tsx';
import { Sidebar } from './Sidebar.tsx';
import { StopBanner } from './StopBanner.tsx';
import { go, usePlace } from './usePlace.ts';
import { useShortcuts } from './useShortcuts.ts';
import { VaultBanner } from './VaultBanner.tsx';

/** The main window: sidebar, screen, and what lies over them. */
export function App() {
  const place = usePlace();
  const [over, setOver] = useState<'palette' | 'help' | null>(null);
  useShortcuts((what) => {
    if (what === 'palette' || what === 'help') setOver(what);
    else if (what === 'search') document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus();
    else go({ screen: what });
  });
  return (
    <CSPProvider disableStyleElements>
      <ToastHost>
        <div className="isolate flex h-full">
          <button
            type="button"
            onClick={() => document.getElementById('main')?.focus()}
            className="sr-only focus:not-sr-only focus:absolute focus:z-10 focus:m-2 focus:rounded-md focus:bg-raised focus:px-3 focus:py-1.5"
          >
            Skip to content
          </button>
          <Sidebar place={place} onPalette={() => setOver('palette')} />
          <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col focus-visible:outline-none">
            <ConnectionBanner />
            <VaultBanner />
            <DiskBanner />
            <StopBanner />
            <div className="min-h-0 flex-1 overflow-y-auto">
              <ScreenView place={place} />
            </div>
          </main>
        </div>
        <Palette open={over === 'palette'} onClose={() => setOver(null)} />
        <HelpDialog open={over === 'help'} onClose={() => setOver(null)} />
      </ToastHost>
    </CSPProvider>
  );
}
