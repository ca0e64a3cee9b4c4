import { Menu } from 'electron';

/** Only what macOS needs for editing and quitting: no reload, no developer tools, no menu elsewhere. */
export function setMenu(): void {
  const mac = process.platform === 'darwin';
  Menu.setApplicationMenu(mac ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }]) : null);
}
