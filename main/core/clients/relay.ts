/** What a client is told to start in place of a server. */
import { name as nameSchema } from '../../contract/names.ts';

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

/** The server that a launch reaches through exactly our command; null for every other launch, however like ours. */
export function relayedServer(
  own: RelayCommand,
  launch: { readonly command: string; readonly args: readonly string[] },
): string | null {
  const server = launch.args.at(-1);
  const expected = [...own.args, 'connect'];
  const given = launch.args.slice(0, -1);
  const same = given.length === expected.length && given.every((word, index) => word === expected[index]);
  return launch.command === own.command && same && nameSchema.safeParse(server).success ? (server ?? null) : null;
}
