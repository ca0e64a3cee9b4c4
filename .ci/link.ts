/** Puts the project's own command where `npx countersign` looks first: npm links the commands of dependencies only. */
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const bin = join(import.meta.dirname, '..', 'node_modules', '.bin', 'countersign');
if (process.platform === 'win32') {
  writeFileSync(`${bin}.cmd`, '@node "%~dp0\\..\\..\\main\\shells\\cli\\bin.cjs" %*\r\n');
} else {
  rmSync(bin, { force: true });
  symlinkSync('../../main/shells/cli/bin.cjs', bin);
}
