import { BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme, session } from 'electron';
import type { Page } from './pages.ts';
import { servePage } from './schemes.ts';
import { guardSession } from './sessionGuard.ts';

/** Makes the window of a page, hidden, in the page's own guarded session, and loads it. The page decides nothing about the window. */
export function openPageWindow(
  page: Page,
  files: { renderer: string; preload: string },
  options: BrowserWindowConstructorOptions,
): BrowserWindow {
  const own = session.fromPartition(page.partition);
  if (!own.protocol.isProtocolHandled(page.scheme)) {
    guardSession(own, page);
    servePage(own, page, files.renderer);
  }
  const window = new BrowserWindow({
    ...options,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#101214' : '#ffffff',
    webPreferences: {
      session: own,
      preload: files.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
    },
  });
  window.removeMenu();
  window.on('page-title-updated', (event) => event.preventDefault());
  void window.loadURL(page.url);
  return window;
}
