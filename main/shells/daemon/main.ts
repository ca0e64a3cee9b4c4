import './noDebugger.ts';
import { parseArgs } from 'node:util';
import { closeInherited } from '../../adapters/process/closeInherited.ts';
import { leaveMemoryOutOfDumps } from '../../adapters/process/noDumps.ts';
import { runDaemon } from './run.ts';

const { values } = parseArgs({
  options: {
    /** Started by the desktop app: descriptor 3 is its door, descriptor 4 the approval window's. */
    app: { type: 'boolean', default: false },
    /** Headless: choose another passcode on this terminal, after the present one. */
    'new-passcode': { type: 'boolean', default: false },
    /** Headless: the browser shell's port; any free one unless given. */
    port: { type: 'string', default: '0' },
  },
});
// Whatever else is open here would go on to every server.
closeInherited(values.app ? 5 : 3);
leaveMemoryOutOfDumps();
// Inherited pipes and the terminal would keep the process alive.
process.exit(await runDaemon({ app: values.app, port: Number(values.port), newPasscode: values['new-passcode'] }));
