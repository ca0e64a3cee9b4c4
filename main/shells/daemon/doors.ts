import { Socket } from 'node:net';
import { serveDoor } from '../../adapters/socket/rpc.ts';
import type { Host } from './host.ts';
import { door } from './router/base.ts';

/** Descriptors inherited from the desktop app (main/shells/electron/daemonProcess.ts). */
const APP_FD = 3;
const APPROVAL_FD = 4;

/** Opens the app's two doors. `gone` is called when the app let go of both. */
export function openAppDoors(host: Host, gone: () => void): void {
  const app = serveDoor(new Socket({ fd: APP_FD, readable: true, writable: true }), host.router, door('app'));
  const approval = serveDoor(
    new Socket({ fd: APPROVAL_FD, readable: true, writable: true }),
    host.router,
    door('approval'),
  );
  host.setWindow(true);
  void approval.closed.then(() => host.setWindow(false));
  void Promise.all([app.closed, approval.closed]).then(gone);
}
