/** The approval window's bridge: a link to the approval door and nothing else. */
import { contextBridge, ipcRenderer } from 'electron';
import { type Bridge, CONNECT_CHANNEL } from '../../main/contract/bridge.ts';
import { passPortsOn } from '../port.ts';

const bridge: Bridge = { connect: () => ipcRenderer.send(CONNECT_CHANNEL) };

passPortsOn(ipcRenderer);
contextBridge.exposeInMainWorld('countersign', bridge);
