/** `npm run faults -- 1000`: so many kills of a ledger's writer, and as many of whole processes, instead of the default. */
import { startVitest } from 'vitest/node';

const kills = Number(process.argv[2] ?? 1000);
if (!Number.isSafeInteger(kills) || kills < 1) throw new Error('Give the number of kills.');
const vitest = await startVitest('test', ['main/services/audit/crash.test.ts', 'e2e/faults/'], {
  watch: false,
  provide: { kills },
});
await vitest.close();
