/** `npm run faults -- 200`: the fault specs with this many kills instead of the default. */
import { startVitest } from 'vitest/node';

const kills = Number(process.argv[2] ?? 200);
if (!Number.isSafeInteger(kills) || kills < 1) throw new Error('Give the number of kills.');
const vitest = await startVitest('test', ['e2e/faults/'], { watch: false, provide: { kills } });
await vitest.close();
