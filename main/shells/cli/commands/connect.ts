import type { AddCommand } from '../verb.ts';

/** `connect <server>`: what clients launch. Byte for byte the relay's own program. */
export const addConnect: AddCommand = (program, shell, leave) => {
  program
    .command('connect')
    .description('be a server’s stdio for an AI client')
    .argument('<server>')
    .action(async (server: string) => leave(await shell.run('relay', [server])));
};
