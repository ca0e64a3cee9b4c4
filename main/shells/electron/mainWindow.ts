import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { MAIN_PAGE } from './pages.ts';
import { openPageWindow } from './pageWindow.ts';
import type { Programs } from './programs.ts';

/** The main window, shown as soon as it has something to show. Closing it leaves the app in the tray. */
export function openMainWindow(programs: Programs): BrowserWindow {
  const window = openPageWindow(
    MAIN_PAGE,
    { renderer: programs.renderer, preload: programs.preload.app },
    {
      title: 'Countersign',
      width: 1180,
      height: 780,
      minWidth: 760,
      minHeight: 520,
      icon: join(programs.icons, '512.png'),
    },
  );
  window.once('ready-to-show', () => window.show());
  // Where the GPU's process fails at first, a hidden window may never announce that it is painted.
  window.webContents.once('did-finish-load', () => window.show());
  return window;
}
