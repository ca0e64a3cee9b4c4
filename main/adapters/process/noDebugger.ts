/** Imported first by an entry: SIGUSR1 must not open an inspector (SECURITY.md rule 5). */
process.on('SIGUSR1', () => {});
