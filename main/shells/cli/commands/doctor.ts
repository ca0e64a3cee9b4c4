import { Refused } from '../../../contract/errors.ts';
import type { DoctorCheck } from '../../../contract/status.ts';
import { EXIT } from '../exit.ts';
import type { Shell } from '../shell.ts';
import { type AddCommand, verb } from '../verb.ts';
import { visibleLines } from '../visible.ts';

/** `doctor`: every check with what was found and what to do; it works without a daemon too and then says so. */
export const addDoctor: AddCommand = (program, shell, leave) => {
  verb(program, shell, leave, {
    usage: 'doctor',
    summary: 'check that everything needed is there and sound',
    async run({ out }) {
      const checks = await examine(shell);
      const { paint } = out;
      const marks = { ok: paint.good('✓'), warning: paint.warn('!'), failed: paint.bad('✗') };
      out.result(checks, () => {
        for (const { title, state, found, fix } of checks) {
          const [first = '', ...others] = visibleLines(found);
          out.line(`${marks[state]} ${paint.bold(title)}  ${first}`);
          for (const other of others) out.line(`    ${other}`);
          if (fix !== null) out.line(`    ${fix}`);
        }
      });
      return checks.some(({ state }) => state === 'failed') ? EXIT.refused : EXIT.ok;
    },
  });
};

async function examine(shell: Shell): Promise<DoctorCheck[]> {
  try {
    const api = await shell.api();
    return await api.daemon.doctor();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { message, detail, fix } = error.refusal;
    return [
      {
        id: 'daemon',
        title: 'Daemon',
        state: 'failed',
        found: detail === undefined ? message : `${message} (${detail})`,
        fix,
      },
    ];
  }
}
