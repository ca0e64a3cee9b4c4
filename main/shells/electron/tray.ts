import { join } from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';

/** What the tray offers. */
export interface TrayActions {
  openMain(): void;
  reachPrompt(): void;
  /** The kill switch for everything. */
  stopEverything(): void;
  /** Asks the person whether to switch on again. */
  revive(): void;
  quit(): void;
}

/** The tray: its menu's first line says how things are. */
export interface StatusTray {
  say(status: string, asks: number, stopped?: boolean): void;
}

/** Puts the mark into the system's tray; where there is none, nothing is lost but the mark. */
export function openTray(icons: string, shortcut: string | null, actions: TrayActions): StatusTray {
  const image = nativeImage.createFromPath(
    join(icons, process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'),
  );
  const tray = new Tray(image);
  tray.on('click', actions.openMain);
  const say = (status: string, asks: number, stopped = false) => {
    tray.setToolTip(`Countersign: ${status}`);
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: status, enabled: false },
        { type: 'separator' },
        {
          label: `${asks === 1 ? 'Show the open ask' : `Show the ${asks} open asks`}${shortcut === null ? '' : `  (${shortcut})`}`,
          visible: asks > 0,
          click: actions.reachPrompt,
        },
        { label: 'Open Countersign', click: actions.openMain },
        { type: 'separator' },
        stopped
          ? { label: 'Switch on again…', click: actions.revive }
          : { label: 'Stop everything', click: actions.stopEverything },
        { label: 'Quit', click: actions.quit },
      ]),
    );
  };
  say('starting', 0);
  return { say };
}
