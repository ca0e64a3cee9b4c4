declare module 'vitest' {
  interface ProvidedContext {
    /** How many kills the fault specs try. */
    kills: number;
  }
}

export {};
