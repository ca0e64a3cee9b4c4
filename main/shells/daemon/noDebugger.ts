/** Imported first: without a listener, SIGUSR1 would open Node's inspector to every program of this account (SECURITY.md rule 5). */
process.on('SIGUSR1', () => {});

export {};
