import type { PackageStart } from './packageStart.ts';
import type { VerdictFigures } from './verdict.ts';

/** What one subject reached. Times in milliseconds, memory in MiB. */
export interface Figures {
  readonly p50: number;
  readonly p99: number;
  readonly bigP50: number;
  /** Calls a second, 64 in flight, before server-everything. */
  readonly everythingRate: number;
  /** The same before a server that costs next to nothing. */
  readonly honestRate: number;
  /** From start to the answer of `initialize`. */
  readonly start: number;
  readonly memory: number;
}

export interface Results {
  readonly node: string;
  readonly platform: string;
  readonly cores: number;
  readonly rounds: number;
  readonly subjects: Readonly<Record<string, Figures>>;
  readonly bare: { readonly start: number; readonly memory: number };
  readonly relay: { readonly start: number; readonly memory: number };
  readonly verdicts: readonly VerdictFigures[];
  /** A server from a package; null where no registry answered. */
  readonly packageStart: PackageStart | null;
  /** The daemon with ten idle servers, before any load. */
  readonly daemonMemory: number;
}
