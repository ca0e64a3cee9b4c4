/** The main window's bridge: it can list, tighten and propose, never approve. */
import { contextBridge, ipcRenderer } from 'electron';
import { type Bridge, CONNECT_CHANNEL, SHOW_PROMPT_CHANNEL } from '../../main/contract/bridge.ts';
import { passPortsOn } from '../port.ts';

const bridge: Bridge = {
  connect: () => ipcRenderer.send(CONNECT_CHANNEL),
  showPrompt: () => ipcRenderer.send(SHOW_PROMPT_CHANNEL),
};

passPortsOn(ipcRenderer);
contextBridge.exposeInMainWorld('countersign', bridge);
