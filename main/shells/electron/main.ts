/** The shipped entry of the desktop app: nothing opens under a switch that would let another program drive it. */
import { app } from 'electron';
import { openDesktop } from './desktop.ts';
import { refusedSwitch } from './switches.ts';

const found = refusedSwitch([...process.argv.slice(1), ...process.execArgv]);
if (found === undefined) {
  openDesktop();
} else {
  console.error(`Countersign does not start with ${found}: it would let another program answer in your place.`);
  app.exit(78);
}
