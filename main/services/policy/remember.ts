/** Reading a file of policies once, however often it is compared. */
import type { Cedar } from './ports.ts';

/** More texts than a person has files, with their proposals. */
const MAX_TEXTS = 64;

/** The same Cedar, which answers a text that it has read before from memory. */
export function rememberReads(cedar: Cedar): Cedar {
  const known = new Map<string, ReturnType<Cedar['read']>>();
  return {
    load: (policies) => cedar.load(policies),
    read: (source) => {
      const key = JSON.stringify([source.file, source.text]);
      const before = known.get(key);
      if (before !== undefined) return before;
      const read = cedar.read(source);
      if (known.size >= MAX_TEXTS) known.clear();
      known.set(key, read);
      return read;
    },
  };
}
