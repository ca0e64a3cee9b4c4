/** What a client would fill into an entry when it starts it, filled in for good. */
import { mentionsSecret } from '../launch/references.ts';
import type { ClientInput } from './inputs.ts';
import { secretName } from './names.ts';
import type { EntryLaunch } from './shapes.ts';

type Local = Extract<EntryLaunch, { kind: 'local' }>;

/** What an entry's own text does not say. */
export interface Around {
  /** The person's home folder. */
  readonly home: string;
  /** The project's folder; null outside of projects. */
  readonly project: string | null;
  /** What the client asks for before it starts a server, by id. */
  readonly inputs: ReadonlyMap<string, ClientInput>;
  /** What the person says to that, by id. */
  readonly answers: ReadonlyMap<string, string>;
  /** The variables in its file, as they are now; null where it has none. */
  readonly variables: VariablesFile | null;
}

/** A file of variables that an entry names. */
export type VariablesFile =
  | { readonly path: string; readonly variables: Readonly<Record<string, string>> }
  | { readonly path: string; readonly why: string };

export interface FilledLaunch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string | null;
  readonly env: Readonly<Record<string, string>>;
  /** Variables whose value only the client knows, and the secret that stands for each. */
  readonly missing: readonly {
    readonly variable: string;
    readonly name: string;
    readonly description: string | null;
  }[];
  /** What the client asks for that is no secret, with what is known of the answer: while one is null, nothing starts. */
  readonly asked: readonly (ClientInput & { readonly value: string | null })[];
}

export type Filled =
  | { readonly ok: true; readonly launch: FilledLaunch }
  | { readonly ok: false; readonly why: string };

/** `${x}`, `${env:x}`, `${input:x}`, `${x:-otherwise}`, `${{ secrets.x }}` and opencode's `{env:x}`. */
const PLACEHOLDER =
  /\$\{\{\s*(?:secrets|inputs)\.([\w.-]+)\s*\}\}|\$\{(env:|input:)?([\w.-]+)(?::-[^{}]*)?\}|\{env:(\w+)\}/g;
/** Gemini's way, only as a whole value: elsewhere a dollar is a dollar. */
const WHOLE = /^\$([A-Z_][A-Z0-9_]*)$/;

interface Placeholder {
  readonly whole: string;
  readonly name: string;
  /** It asks the person, or it says plainly a name and not whose. */
  readonly kind: 'input' | 'plain' | 'other';
}

/**
 * Folders, and what a person says to what the client asks, are filled in. A variable that only the client knows becomes a
 * reference to a secret of its name, which only an environment may hold. An entry that refers to our keychain by itself
 * is refused: only a person binds secrets.
 */
export function fillIn(launch: Local, around: Around): Filled {
  const read = around.variables ?? { path: '', variables: {} };
  if ('why' in read) return { ok: false, why: `It takes variables from the file ${read.path}: ${read.why}.` };
  const words = [launch.command, ...launch.args, ...(launch.cwd === null ? [] : [launch.cwd])];
  const values = Object.values(launch.env);
  const asked = askedBy(words, values, around);
  const folders = foldersOf(around);
  const known = ({ kind, name }: Placeholder) =>
    (kind === 'input' ? asked.get(name)?.value : folders.get(name)) ?? null;
  const filledIn = (text: string) => replaced(text, (one) => known(one) ?? one.whole);
  const filled = words.map(filledIn);
  // What is filled in can make a reference of a text that is none: an answer, what is usual, a folder’s name.
  const said = [...words, ...values, ...filled, ...values.map(filledIn), ...Object.values(read.variables)];
  if (said.some(mentionsSecret))
    return { ok: false, why: 'It refers to Countersign’s keychain by itself, which only a person may do.' };

  const own = new Set([...Object.keys(launch.env), ...Object.keys(read.variables), ...launch.passed]);
  for (const { whole, kind, name } of filled.flatMap(placeholdersIn)) {
    // The program itself reads it from its environment; or it is yet to be answered.
    if ((kind === 'plain' && own.has(name)) || (kind === 'input' && asked.has(name))) continue;
    return { ok: false, why: whyOpen(whole, kind === 'input' && around.inputs.get(name)?.secret === true) };
  }

  const missing: FilledLaunch['missing'][number][] = [];
  const reference = (variable: string, name: string) => {
    const secret = secretName(name);
    missing.push({ variable, name: secret, description: around.inputs.get(name)?.description ?? null });
    return `\${keychain:${secret}}`;
  };
  const written = Object.entries(launch.env).map(([variable, value]) => {
    const whole = WHOLE.exec(value)?.[1];
    if (whole !== undefined) return [variable, folders.get(whole) ?? reference(variable, whole)] as const;
    const stands = (one: Placeholder) => one.kind === 'input' && asked.has(one.name);
    const text = (one: Placeholder) => known(one) ?? (stands(one) ? one.whole : reference(variable, one.name));
    return [variable, replaced(value, text)] as const;
  });
  const passed = launch.passed.map((variable) => [variable, reference(variable, variable)] as const);
  const env = { ...read.variables, ...Object.fromEntries([...written, ...passed]) };
  const [command = '', ...args] = filled.slice(0, launch.args.length + 1);
  // A client starts what a project brings along in the project's folder.
  const named = filled[launch.args.length + 1] ?? around.project;
  const cwd = named === null || placeholdersIn(named).length > 0 ? named : wholePath(named, around.project);
  if (named !== null && cwd === null)
    return {
      ok: false,
      why: `Its working directory ${named} begins where the client was started: write the whole path.`,
    };
  return { ok: true, launch: { command, args, cwd, env, missing, asked: [...asked.values()] } };
}

/** What is asked for in words, offers a choice or has a usual answer is no secret; the rest of an environment may be. */
function askedBy(words: readonly string[], values: readonly string[], { inputs, answers }: Around) {
  const asked = new Map<string, FilledLaunch['asked'][number]>();
  const openly = new Set(words);
  for (const text of [...words, ...values]) {
    for (const { kind, name } of placeholdersIn(text)) {
      const input = kind === 'input' ? inputs.get(name) : undefined;
      if (input === undefined || input.secret) continue;
      if (openly.has(text) || input.options !== null || input.usual !== null)
        asked.set(name, { ...input, value: answers.get(name) || input.usual });
    }
  }
  return asked;
}

function foldersOf({ home, project }: Pick<Around, 'home' | 'project'>): ReadonlyMap<string, string> {
  const own: [string, string][] = [
    ['HOME', home],
    ['userHome', home],
  ];
  if (project === null) return new Map(own);
  const name = project.split(/[\\/]/).findLast((part) => part !== '') ?? '';
  return new Map([...own, ['workspaceFolder', project], ['workspaceRoot', project], ['workspaceFolderBasename', name]]);
}

/** A path with its folders filled in; null where something else is to be filled in, or nobody knows what it starts from. */
export function filledPath(path: string, { home, project }: Pick<Around, 'home' | 'project'>): string | null {
  const folders = foldersOf({ home, project });
  const text = replaced(path, ({ whole, name }) => folders.get(name) ?? whole);
  return placeholdersIn(text).length > 0 ? null : wholePath(text, project);
}

/** Null for one that begins nobody knows where. */
function wholePath(path: string, project: string | null): string | null {
  if (/^(\/|[a-z]:[\\/]|\\\\)/i.test(path)) return path;
  return project === null ? null : `${project}/${path}`;
}

function whyOpen(whole: string, secret: boolean): string {
  return secret
    ? `${whole} is a secret on its command line, which other programs can read. Countersign hands secrets over as variables only: if the server takes it as one, write it under env.`
    : `The client itself fills in ${whole}: write its value into the entry first.`;
}

function placeholdersIn(text: string): Placeholder[] {
  return [...text.matchAll(PLACEHOLDER)].map(placeholder);
}

function replaced(text: string, by: (one: Placeholder) => string): string {
  return text.replaceAll(PLACEHOLDER, (...match) => by(placeholder(match)));
}

function placeholder([whole, secret, prefix, name, variable]: ArrayLike<string> & Iterable<string>): Placeholder {
  const kind = prefix === 'input:' ? 'input' : name !== undefined && prefix === undefined ? 'plain' : 'other';
  return { whole: whole ?? '', name: secret ?? name ?? variable ?? '', kind };
}
