import { join } from 'node:path';
import { type BrowserWindow, screen } from 'electron';
import { APPROVAL_PAGE } from './pages.ts';
import { openPageWindow } from './pageWindow.ts';
import type { Programs } from './programs.ts';

/** The only window that can approve. */
export interface ApprovalWindow {
  readonly window: BrowserWindow;
  /** Brings it on top of everything; takes the keyboard only when the person asked for it. */
  show(focus: boolean): void;
  hide(): void;
}

/**
 * Makes the window ahead of the first ask, so that a prompt is on screen at once. `closed` is called when the person
 * closes it or its page dies: both mean no.
 */
export function openApprovalWindow(programs: Programs, closed: (why: string) => void): ApprovalWindow {
  const window = openPageWindow(
    APPROVAL_PAGE,
    { renderer: programs.renderer, preload: programs.preload.approval },
    {
      title: 'Countersign asks',
      width: 720,
      height: 820,
      minWidth: 480,
      minHeight: 480,
      alwaysOnTop: true,
      fullscreenable: false,
      maximizable: false,
      minimizable: false,
      skipTaskbar: false,
      icon: join(programs.icons, '512.png'),
    },
  );
  window.setAlwaysOnTop(true, 'screen-saver');
  window.on('close', (event) => {
    event.preventDefault();
    closed('The approval window was closed.');
  });
  window.webContents.on('render-process-gone', () => {
    closed('The approval window failed.');
    if (!window.isDestroyed()) window.webContents.reload();
  });
  window.on('unresponsive', () => window.webContents.forcefullyCrashRenderer());
  return {
    window,
    show(focus) {
      if (!window.isVisible()) moveToPerson(window);
      if (focus) window.show();
      else if (!window.isVisible()) window.showInactive();
      window.moveTop();
    },
    hide: () => window.hide(),
  };
}

/** Centres the window on the display where the pointer is: that is where the person looks. */
function moveToPerson(window: BrowserWindow): void {
  const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
  const { width, height } = window.getBounds();
  const fit = { width: Math.min(width, workArea.width), height: Math.min(height, workArea.height) };
  const x = workArea.x + Math.round((workArea.width - fit.width) / 2);
  const y = workArea.y + Math.round((workArea.height - fit.height) / 3);
  window.setBounds({ x, y, ...fit });
}
