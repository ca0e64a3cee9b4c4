/** What a client would fill into an entry when it starts it, filled in for good. */
import { mentionsSecret } from '../launch/references.ts';
import { secretName } from './names.ts';
import type { EntryLaunch } from './shapes.ts';

type Local = Extract<EntryLaunch, { kind: 'local' }>;

export interface FilledLaunch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string | null;
  readonly env: Readonly<Record<string, string>>;
  /** Variables whose value only the client knows, and the secret that stands for each. */
  readonly missing: readonly { readonly variable: string; readonly name: string }[];
}

export type Filled =
  | { readonly ok: true; readonly launch: FilledLaunch }
  | { readonly ok: false; readonly why: string };

/** `${x}`, `${env:x}`, `${input:x}`, `${x:-otherwise}`, `${{ secrets.x }}` and opencode's `{env:x}`. */
const PLACEHOLDER =
  /\$\{\{\s*(?:secrets|inputs)\.([\w.-]+)\s*\}\}|\$\{(?:env:|input:)?([\w.-]+)(?::-[^}]*)?\}|\{env:(\w+)\}/g;
/** Gemini's way, only as a whole value: elsewhere a dollar is a dollar. */
const WHOLE = /^\$([A-Z_][A-Z0-9_]*)$/;

/**
 * Folders are filled in; a variable that only the client knows becomes a reference to a secret of its name, which only
 * an environment may hold. An entry that refers to our keychain by itself is refused: only a person binds secrets.
 */
export function fillIn(launch: Local, { home, project }: { home: string; project: string | null }): Filled {
  if ([launch.command, ...launch.args, ...Object.values(launch.env)].some(mentionsSecret))
    return { ok: false, why: 'It refers to Countersign’s keychain by itself, which only a person may do.' };
  if (launch.envFile !== null)
    return { ok: false, why: `It takes variables from the file ${launch.envFile}: write them into the entry first.` };
  const folders = new Map([
    ['HOME', home],
    ['userHome', home],
    ...(project === null ? [] : ([['workspaceFolder', project]] as const)),
    ...(project === null ? [] : ([['workspaceRoot', project]] as const)),
  ]);
  const fixed = (text: string) =>
    text.replaceAll(PLACEHOLDER, (whole, ...names: (string | undefined)[]) => {
      return folders.get(names.slice(0, 3).find((name) => name !== undefined) ?? '') ?? whole;
    });
  const [command = '', ...args] = [launch.command, ...launch.args].map(fixed);
  const cwd = launch.cwd === null ? null : fixed(launch.cwd);
  const open = [command, ...args, cwd ?? ''].flatMap((text) => text.match(PLACEHOLDER) ?? []);
  if (open[0] !== undefined)
    return { ok: false, why: `The client itself fills in ${open[0]}: write its value into the entry first.` };

  const missing: { variable: string; name: string }[] = [];
  const reference = (variable: string, name: string) => {
    const secret = secretName(name);
    missing.push({ variable, name: secret });
    return `\${keychain:${secret}}`;
  };
  const filled = Object.entries(launch.env).map(([variable, value]) => {
    const whole = WHOLE.exec(value)?.[1];
    if (whole !== undefined) return [variable, folders.get(whole) ?? reference(variable, whole)] as const;
    const text = fixed(value).replaceAll(PLACEHOLDER, (_, ...names: (string | undefined)[]) =>
      reference(variable, names.slice(0, 3).find((name) => name !== undefined) ?? variable),
    );
    return [variable, text] as const;
  });
  const passed = launch.passed.map((variable) => [variable, reference(variable, variable)] as const);
  return { ok: true, launch: { command, args, cwd, env: Object.fromEntries([...filled, ...passed]), missing } };
}
