import { Refused } from '../../contract/refusal.ts';
import { serverEntry } from '../../contract/server.ts';
import type { Masker } from '../../core/egress/masker.ts';
import { launchDigestInput } from '../../core/launch/digest.ts';
import { fillReferences } from '../../core/launch/references.ts';
import { wordFindings } from '../launch/findings.ts';
import { type ResolveParts, resolveLaunch } from '../launch/resolved.ts';
import type { HelperDesk, RunCommand } from './ports.ts';

export interface HelperDeskParts extends ResolveParts {
  /** SHA-256 in lower-case hexadecimal. */
  readonly sha256: (text: string) => string;
  /** Finds secrets in the texts of a launch. */
  readonly masker: () => Pick<Masker, 'find'>;
  readonly run: RunCommand;
}

/**
 * Helper commands are launches like those of servers: resolved, hashed and analysed the same way, so that consent binds to
 * the same. They are not confined, since what they read (a cloud's profile, a key ring) is what confinement hides.
 */
export function openHelperDesk(parts: HelperDeskParts): HelperDesk {
  return {
    async review(name, command) {
      const entry = serverEntry.parse({ ...command, sandbox: 'off' });
      const resolved = await resolveLaunch(`secret.${name}`, entry, parts, null);
      const { launch, program, inherited, configured, secrets } = resolved;
      if (secrets.length > 0) throw new Refused('CONFIG_INVALID', 'a command that makes a secret gets none itself');
      const env: Record<string, string> = { ...inherited };
      for (const [variable, pieces] of configured) env[variable] = fillReferences(pieces, new Map()) ?? '';
      return {
        command,
        launch,
        digest: `sha256:${parts.sha256(launchDigestInput(launch))}`,
        findings: wordFindings(resolved, parts.masker()),
        run: () => parts.run({ program, args: launch.args, cwd: launch.cwd, env }),
      };
    },
  };
}
