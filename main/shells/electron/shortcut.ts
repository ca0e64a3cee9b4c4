import { globalShortcut } from 'electron';

const ACCELERATOR = 'CommandOrControl+Alt+Shift+C';

/** Registers the one system-wide shortcut that reaches the prompt; null when another program has it. */
export function registerShortcut(reach: () => void): string | null {
  return globalShortcut.register(ACCELERATOR, reach) ? ACCELERATOR : null;
}
