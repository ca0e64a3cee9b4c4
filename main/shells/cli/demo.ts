/** `npm run demo`: the whole story in a terminal, with a real daemon, a real server and a real client, in a temporary folder. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemoDaemon } from './demo/daemon.ts';
import { tellStory } from './demo/story.ts';
import { EXIT } from './exit.ts';
import { paintFor, wantsColour } from './paint.ts';

const WIDEST = 100;
const paint = paintFor(wantsColour(process.stdout, process.env));
const columns = Math.min(process.stdout.columns ?? WIDEST, WIDEST);
const print = (line: string) => void process.stdout.write(`${line}\n`);

const began = performance.now();
const home = await mkdtemp(join(tmpdir(), 'countersign-demo-'));
const daemon = startDemoDaemon(home);
const tidy = async () => {
  await daemon.stop();
  await rm(home, { recursive: true, force: true });
};
process.once('SIGINT', () => void tidy().then(() => process.exit(EXIT.interrupted)));
try {
  print(`\n${paint.bold('Countersign')}  ${paint.dim('nothing risky runs that a person has not countersigned')}\n`);
  const passcode = randomBytes(16).toString('base64url');
  const { keystore } = await daemon.app.daemon.status();
  if (keystore.state !== 'ready') {
    await daemon.approval.passcode.unlock({ passcode });
    print(paint.dim('No keychain is used here: keys are in a vault, sealed with a passcode the demo made up.\n'));
  }
  // People get time to read; a program that reads along waits only as long as a prompt stays dead.
  const done = await tellStory({
    daemon,
    passcode,
    paint,
    columns,
    readingMs: process.stdout.isTTY ? 2000 : 700,
    print,
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  print(
    done
      ? `${paint.good('Done')} in ${seconds} s. Everything above was real; its folder is gone now. Next: npm start\n`
      : paint.bad('The story ended early.'),
  );
  process.exitCode = done ? EXIT.ok : EXIT.refused;
} finally {
  await tidy();
}
