/** Where the paths of a call lead, as policies and people are told. */
import type { PathText } from './pathTexts.ts';
import type { GroupsOf, ProtectedGroup } from './protected.ts';

/** One path text and the places it may mean. */
export interface PathLead extends PathText {
  /** Absolute, `.` and `..` taken out as text: what many programs open. */
  readonly written: readonly string[];
  /** Absolute, with every link followed, also of parents of what does not exist yet. */
  readonly real: readonly string[];
  /** False when where it leads could not be found out: a loop of links, a folder closed to us, a disk that does not answer. */
  readonly certain: boolean;
  /** True where the server may take it from more than one of the folders it works in. */
  readonly several?: boolean;
}

export interface PlaceFacts {
  /** Every place and every folder above one, so that policies compare by component. */
  readonly within: readonly string[];
  readonly protected: readonly ProtectedGroup[];
  /** JSON pointer → where the path in it leads, links followed, when that is one place. */
  readonly real: ReadonlyMap<string, string>;
  /** Paths that lead elsewhere than they say. */
  readonly led: readonly { readonly text: string; readonly to: string }[];
  /** Texts of which it is not certain where they lead. */
  readonly uncertain: readonly string[];
  /** Paths that may mean any of several places: which, the server decides. */
  readonly several: readonly { readonly text: string; readonly places: readonly string[] }[];
}

export const NOWHERE: PlaceFacts = {
  within: [],
  protected: [],
  real: new Map(),
  led: [],
  uncertain: [],
  several: [],
};

/**
 * The facts of these leads; `groupsOf` says what an absolute path is protected as, and `carried` which arguments (JSON
 * pointers) name something that is moved or copied with all that lies in it.
 */
export function placeFacts(
  leads: readonly PathLead[],
  groupsOf: GroupsOf,
  carried: ReadonlySet<string> = new Set(),
): PlaceFacts {
  const within = new Set<string>();
  const groups = new Set<ProtectedGroup>();
  const real = new Map<string, string>();
  for (const lead of leads) {
    for (const place of [...lead.written, ...lead.real]) {
      for (const folder of upwards(place)) within.add(folder);
      for (const group of groupsOf(place, carried.has(lead.pointer))) groups.add(group);
    }
    const only = lead.real.length === 1 ? lead.real[0] : undefined;
    if (lead.whole && lead.certain && only !== undefined) real.set(lead.pointer, only);
  }
  return {
    within: [...within].sort(),
    protected: [...groups].sort(),
    real,
    led: leads.flatMap(({ text, written, real }) => {
      const to = real.find((place) => !written.includes(place));
      return to === undefined ? [] : [{ text, to }];
    }),
    uncertain: leads.filter(({ certain }) => !certain).map(({ text }) => text),
    several: leads
      .filter(({ certain, several, real }) => certain && several && real.length > 1)
      .map(({ text, real }) => ({ text, places: real })),
  };
}

/** The place and the folders above it, up to the root. */
function upwards(place: string): string[] {
  const found = [place];
  for (let end = place.length; ; ) {
    end = Math.max(place.lastIndexOf('/', end - 1), place.lastIndexOf('\\', end - 1));
    if (end < 0) return found;
    const folder = place.slice(0, end);
    found.push(folder === '' || folder.endsWith(':') ? place.slice(0, end + 1) : folder);
    if (end === 0) return found;
  }
}
