import type { IpcRenderer } from 'electron';
import { PORT_MESSAGE } from '../main/contract/bridge.ts';

/** Hands every port the desktop app sends to the page of this origin, and to no other. */
export function passPortsOn(ipc: IpcRenderer): void {
  ipc.on(PORT_MESSAGE, (event) => window.postMessage(PORT_MESSAGE, window.location.origin, event.ports));
}
