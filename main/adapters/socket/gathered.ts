import type { Writable } from 'node:stream';

/** A writer whose bytes of one turn leave together: a system call for each line costs more than reading it. Gives what `write` gives. */
export function gathered(stream: Writable): (bytes: Uint8Array) => boolean {
  let corked = false;
  return (bytes) => {
    if (!corked) {
      corked = true;
      stream.cork();
      queueMicrotask(() => {
        corked = false;
        stream.uncork();
      });
    }
    return stream.write(bytes);
  };
}
