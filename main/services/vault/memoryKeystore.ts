import type { Keystore } from './ports.ts';

/** For tests: a keystore that lives in a map, which a test may also reach behind our back. */
export function memoryKeystore(values = new Map<string, string>()): Keystore & { values: Map<string, string> } {
  return {
    values,
    get: async (account) => values.get(account) ?? null,
    set: async (account, value) => void values.set(account, value),
    delete: async (account) => values.delete(account),
    list: async () => [...values.keys()],
    state: () => ({ kind: 'keychain', state: 'ready', detail: 'memory' }),
  };
}
