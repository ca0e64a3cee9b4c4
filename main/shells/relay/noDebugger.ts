/**
 * Imported first of all: without a handler SIGUSR1 opens a debugger, through which any program of the user could act
 * as this one (SECURITY.md rule 5). Nothing this process starts shall inherit options either.
 */
process.on('SIGUSR1', () => {});
delete process.env.NODE_OPTIONS;
