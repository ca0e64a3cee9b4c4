declare module 'vitest' {
  interface ProvidedContext {
    /** How many kills the fault specs try, when somebody said so. */
    kills: number | undefined;
  }
}

export {};
