/** What of the machine a server reaches (SECURITY.md rule 16). */
import { z } from 'zod';

export const sandboxPreset = z.enum(['standard', 'no-network', 'read-only', 'off']);
export type SandboxPreset = z.infer<typeof sandboxPreset>;

/** `sandbox` of an entry in `servers.json`: a preset, or one with folders and files it may change beside those it names anyway. */
export const sandboxEntry = z.union(
  [
    sandboxPreset,
    z.strictObject({ preset: sandboxPreset.default('standard'), write: z.array(z.string().min(1)).default([]) }),
  ],
  `is one of ${sandboxPreset.options.join(', ')}, or {"preset": …, "write": […]}`,
);
export type SandboxEntry = z.infer<typeof sandboxEntry>;

/** What consent binds to of the sandbox. All paths are absolute, with links resolved, sorted. */
export const reach = z.object({
  preset: sandboxPreset,
  /** Whether the system holds the server to it here; otherwise the server reaches whatever the account reaches. */
  enforced: z.boolean(),
  network: z.boolean(),
  /** What it may change, for good: folders whole; a file together with the folder it lies in, unless much else lies there. */
  writes: z.array(z.string()),
  /** Places otherwise hidden that its arguments or variables name: it may read them. */
  reads: z.array(z.string()),
});
export type Reach = z.infer<typeof reach>;

/** One line of what a reach says: its subject, what holds, and the paths it is about. */
export interface ReachLine {
  readonly about: 'sandbox' | 'changes' | 'reads' | 'hidden' | 'network';
  readonly text: string;
  readonly paths: readonly string[];
  /** Less is held than usual. */
  readonly open: boolean;
}

/** The whole reach for a person, in reading order. */
export function reachLines(reach: Reach): ReachLine[] {
  const line = (about: ReachLine['about'], text: string, open = false, paths: readonly string[] = []) => [
    { about, text, open, paths },
  ];
  if (reach.preset === 'off') {
    return line(
      'sandbox',
      'Off: it reads and changes whatever your account can, and reaches every program of yours.',
      true,
    );
  }
  if (!reach.enforced) {
    return line(
      'sandbox',
      `Not held here: this system has no sandbox that works, so "${reach.preset}" is only a wish. It reads and changes whatever your account can.`,
      true,
    );
  }
  return [
    ...line('sandbox', `${reach.preset}, held by the kernel (bubblewrap)`),
    ...line('changes', changes(reach), false, reach.writes),
    ...(reach.reads.length === 0
      ? []
      : line('reads', 'Reads these, which other servers do not see:', true, reach.reads)),
    ...line(
      'hidden',
      'Does not see: Countersign’s own folders, keys and tokens, browsers’ and clients’ data, histories, other programs and their sockets (bus, agents, display, containers).',
    ),
    ...line(
      'network',
      reach.network ? 'Reaches the network, and what listens on this machine.' : 'Reaches no network.',
    ),
  ];
}

function changes({ preset, writes }: Reach): string {
  if (preset === 'read-only') return 'Changes nothing but temporary files and a cache of its own. Reads the rest.';
  return writes.length === 0
    ? 'Changes only temporary files and a cache of its own. Reads the rest.'
    : 'Changes only these, temporary files and a cache of its own. Reads the rest.';
}
