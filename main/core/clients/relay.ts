/** What a client is told to start in place of a server. */
import { name as nameSchema } from '../../contract/names.ts';
import type { EntryLaunch } from './shapes.ts';

type Local = Extract<EntryLaunch, { kind: 'local' }>;

/** Our command: the program, what comes before `connect`, and the variables it needs to find this daemon. */
export interface RelayCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The launch of the relay for one server. */
export function relayLaunch(own: RelayCommand, server: string): RelayCommand {
  return { command: own.command, args: [...own.args, 'connect', server], env: own.env };
}

/** A launch of our command. */
export interface Relayed {
  readonly server: string;
  /** What stands there beside what we write, in words: it may lead the client past us. */
  readonly strays: readonly string[];
}

/** Null for every launch that is not exactly our command, however like ours. */
export function relayed(own: RelayCommand, launch: Local): Relayed | null {
  const server = launch.args.at(-1);
  const expected = [...own.args, 'connect'];
  const given = launch.args.slice(0, -1);
  const same = given.length === expected.length && given.every((word, index) => word === expected[index]);
  if (launch.command !== own.command || !same || !nameSchema.safeParse(server).success) return null;
  return { server: server ?? '', strays: straysOf(own, launch) };
}

/** A variable loads code into the relay or sends it to another daemon; an address is where some clients go instead. */
function straysOf(own: RelayCommand, { env, envFile, url }: Local): string[] {
  const variables = [...new Set([...Object.keys(own.env), ...Object.keys(env)])];
  return [
    ...variables.filter((name) => env[name] !== own.env[name]).map((name) => `the variable ${name}`),
    ...(envFile === null ? [] : [`variables from the file ${envFile}`]),
    ...(url === undefined ? [] : [`the address ${url}`]),
  ];
}
