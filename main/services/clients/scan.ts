/** What clients' files say now. */
import type { ClientId } from '../../contract/client.ts';
import type { VariablesFile } from '../../core/clients/fill.ts';
import { type ClientInput, inputsOf } from '../../core/clients/inputs.ts';
import { type ConfigPlace, projectPlaces, type Surroundings, userPlaces } from '../../core/clients/places.ts';
import { type EntryLaunch, entriesOf, type FoundEntry, launchOf, projectsOf } from '../../core/clients/shapes.ts';
import { canonicalJson } from '../../core/ledger/canonical.ts';
import { variablesIn } from './around.ts';
import type { ClientFiles, ConfigDocument, ParseConfig, ParseVariables } from './ports.ts';

/** A server in a file that was read. */
export interface ScannedEntry extends FoundEntry {
  /** `sha256:…` of the file, the place in it and the name. */
  readonly id: string;
  readonly launch: EntryLaunch;
  /** Several of one name in one list cannot be told apart. */
  readonly doubled: boolean;
  /** What is in the file of variables that it names, at this look; null when it names none. */
  readonly variables: VariablesFile | null;
}

/** A file that is there. Without a document it cannot be used, and `problem` says why. */
export interface ScannedFile {
  readonly place: ConfigPlace;
  /** Other clients whose path leads to the very same file. */
  readonly also: readonly ClientId[];
  /** The path with links resolved; as it stands where the file cannot be read. */
  readonly real: string;
  readonly text: string;
  readonly hash: string;
  readonly document: ConfigDocument | null;
  /** What its client asks for before it starts a server, by id. */
  readonly inputs: ReadonlyMap<string, ClientInput>;
  readonly problem: { readonly line: number | null; readonly message: string } | null;
  readonly entries: readonly ScannedEntry[];
}

export interface Scanned {
  readonly files: readonly ScannedFile[];
  /** Every path that was looked for. */
  readonly paths: readonly string[];
  /** Folders that clients list and nobody has trusted. */
  readonly unread: readonly string[];
}

export interface ScanParts {
  readonly files: ClientFiles;
  readonly parse: ParseConfig;
  readonly parseVariables: ParseVariables;
  readonly surroundings: Surroundings;
  /** SHA-256 in lower-case hexadecimal. */
  readonly sha256: (text: string) => string;
}

/** A person with more projects than this has them looked at in the order the clients list them. */
const MOST_PROJECTS = 200;
/** Nobody has as many servers in one file: more are there to keep whoever looks at them busy. */
const MOST_ENTRIES = 500;
const BOM = '\uFEFF';

/** Reads the files of this account, then those of projects that a person trusts: here, or in the client that lists them. */
export class ClientScan {
  readonly #parts: ScanParts;
  /** By path: parsing is what takes time, and most files never change. */
  #read = new Map<string, ScannedFile>();

  constructor(parts: ScanParts) {
    this.#parts = parts;
  }

  async scan(trusted: readonly string[]): Promise<Scanned> {
    const { surroundings } = this.#parts;
    const own = await this.#places(userPlaces(surroundings));
    const listed = own.flatMap(({ place, document }) => (document ? projectsOf(place.client, document.value) : []));
    const folders = new Set([...trusted, ...listed.filter((one) => one.trusted).map(({ folder }) => folder)]);
    const places = [...folders].slice(0, MOST_PROJECTS).flatMap((folder) => projectPlaces(folder, surroundings));
    const taken = new Set(own.map(({ place }) => place.path));
    const all = [...own, ...(await this.#places(places)).filter(({ place }) => !taken.has(place.path))];
    this.#read = new Map(all.map((file) => [file.place.path, file]));
    const unread = listed.map(({ folder }) => folder).filter((folder) => !folders.has(folder));
    const looked = [...userPlaces(surroundings), ...places].map(({ path }) => path);
    const found = all.map(({ place }) => place.path);
    return { files: eachOnce(all), paths: [...new Set([...looked, ...found])], unread: [...new Set(unread)] };
  }

  async #places(places: readonly ConfigPlace[]): Promise<ScannedFile[]> {
    const expanded = await Promise.all(
      places.map(async (place) => (await this.#parts.files.expand(place.path)).map((path) => ({ ...place, path }))),
    );
    const read = await Promise.all(expanded.flat().map((place) => this.#file(withFormat(place))));
    return read.filter((file) => file !== null);
  }

  async #file(place: ConfigPlace): Promise<ScannedFile | null> {
    const { files, parse } = this.#parts;
    const found = await files.read(place.path);
    if (found.state === 'absent') return null;
    const bad = (problem: ScannedFile['problem']): ScannedFile => {
      const { text, hash, real } = found.state === 'text' ? found : { text: '', hash: '', real: place.path };
      return { place, also: [], real, text, hash, document: null, inputs: new Map(), problem, entries: [] };
    };
    if (found.state === 'bad') return bad({ line: null, message: found.message });
    const before = this.#read.get(place.path);
    if (before && before.hash === found.hash && before.real === found.real) return this.#withVariables(before);
    const read = await parse(found.text.startsWith(BOM) ? found.text.slice(1) : found.text, place.format);
    if (!read.ok) return bad({ line: read.line, message: read.message });
    const { document } = read;
    const entries = this.#entries(place, document.value);
    if (entries === null) return bad({ line: null, message: `it names more than ${MOST_ENTRIES} servers` });
    const { text, hash, real } = found;
    const inputs = inputsOf(document.value);
    return this.#withVariables({ place, also: [], real, text, hash, document, inputs, problem: null, entries });
  }

  /** Files of variables change by themselves. */
  async #withVariables(file: ScannedFile): Promise<ScannedFile> {
    const { files, parseVariables, surroundings } = this.#parts;
    const entries: ScannedEntry[] = [];
    for (const entry of file.entries) {
      const named = entry.launch.kind === 'local' ? entry.launch.envFile : null;
      const where = { home: surroundings.home, project: entry.project ?? file.place.project };
      const variables = named === null ? null : await variablesIn(named, where, files, parseVariables);
      entries.push({ ...entry, variables });
    }
    return { ...file, entries };
  }

  /** Null when there are too many. */
  #entries({ client, path }: ConfigPlace, document: unknown): ScannedEntry[] | null {
    const found = entriesOf(client, document);
    if (found.length > MOST_ENTRIES) return null;
    const alike = Map.groupBy(found, placeIn);
    return found.map((entry) => ({
      ...entry,
      id: entryId(this.#parts.sha256, path, entry),
      launch: launchOf(client, entry.value),
      variables: null,
      doubled: (alike.get(placeIn(entry))?.length ?? 0) > 1,
    }));
  }
}

/** What an entry is known by, wherever in its list it moves. */
export function entryId(
  sha256: (text: string) => string,
  path: string,
  { container, name }: Pick<FoundEntry, 'container' | 'name'>,
): string {
  return `sha256:${sha256(canonicalJson([path, [...container], name]))}`;
}

/**
 * A file that several clients reach by links is one: written once, put back once. It goes by its own path, so that a link
 * that comes later changes no entry's id.
 */
function eachOnce(files: readonly ScannedFile[]): ScannedFile[] {
  const whats = Map.groupBy(files, ({ real, entries }) => canonicalJson([real, entries.map(({ path }) => [...path])]));
  return [...whats.values()].flatMap((same) => {
    const one = same.find(({ place, real }) => place.path === real) ?? same[0];
    const also = same.filter((other) => other !== one).map(({ place }) => place.client);
    return one === undefined ? [] : [{ ...one, also }];
  });
}

/** The list or map that an entry is in, and its name there. */
function placeIn({ container, name }: FoundEntry): string {
  return canonicalJson([[...container], name]);
}

/** In a folder of files their names say how they are written. */
function withFormat(place: ConfigPlace): ConfigPlace {
  return place.path.endsWith('.json') ? { ...place, format: 'json' } : place;
}
