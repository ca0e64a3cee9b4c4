import { globalShortcut } from 'electron';

const ACCELERATOR = 'CommandOrControl+Alt+Shift+C';

/** Registers the one system-wide shortcut that reaches the prompt; gives its name for people, null when another program has it. */
export function registerShortcut(reach: () => void): string | null {
  if (!globalShortcut.register(ACCELERATOR, reach)) return null;
  return ACCELERATOR.replace('CommandOrControl', process.platform === 'darwin' ? 'Command' : 'Ctrl');
}
