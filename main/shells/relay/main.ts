/** What clients launch: `countersign connect <server>`. Bytes between the client and the daemon, or a refusal it can read. */
import './noDebugger.ts';
import { join } from 'node:path';
import { isSea } from 'node:sea';
import { foldersFor } from '../../adapters/system/paths.ts';
import { Refused, refusal, refusalText } from '../../contract/refusal.ts';
import { carry } from './carry.ts';
import { reach } from './reach.ts';
import { refuseAll } from './refuseAll.ts';
import { openStdio } from './stdio.ts';

const NAME = /^[A-Za-z0-9._-]{1,64}$/;
/** A daemon that starts at login together with the client is given this long. */
const WAIT_MS = 5000;

async function relay(server: string | undefined): Promise<number> {
  const { input, output } = openStdio();
  try {
    if (server === undefined || !NAME.test(server)) throw new Refused('NAME_INVALID', 'countersign connect <server>');
    const { state } = foldersFor(process.env, process.platform, isSea());
    const socket = await reach({ file: join(state, 'connect.json'), server, waitMs: WAIT_MS });
    const ending = await carry(input, output, socket);
    if (ending === 'daemon-gone') say('The connection to Countersign ended; calls without an answer may have run.');
    return ending === 'daemon-gone' ? 1 : 0;
  } catch (error) {
    const refused = error instanceof Refused ? error.refusal : refusal('INTERNAL');
    say(refusalText(refused));
    await refuseAll(input, output, refused);
    return 1;
  }
}

function say(sentence: string): void {
  process.stderr.write(`countersign: ${sentence}\n`);
}

void relay(process.argv[2]).then((code) => process.exit(code));
