/** Bytes both ways, unread. */
import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';

/** How a session ended: the client closed its end, the client went away, or the daemon did. */
export type Ending = 'client-done' | 'client-gone' | 'daemon-gone';

/**
 * Carries bytes between the client and the daemon until one of them is through, waiting where the other side is slow.
 * When the client ends its input the daemon is told (half-close) and may finish answering; nothing is cut off.
 *
 * When the daemon is gone, requests in flight are not answered here: that would take parsing every line on the way,
 * and an error would read like "did not happen" for a call that may well have run. The client learns it from the end
 * of its server's output, which fails every request it still waits for; the next start of the relay says why.
 */
export function carry(input: Readable, output: Writable, socket: Socket): Promise<Ending> {
  return new Promise((resolve) => {
    // A client that said nothing may have ended its input before the daemon was found.
    let inputEnded = input.readableEnded;
    input.on('end', () => {
      inputEnded = true;
    });
    // A client that dies with a reset has ended its input too.
    input.on('error', () => socket.end());
    output.on('error', () => resolve('client-gone'));
    socket.on('error', () => {});
    socket.on('close', () => {
      // Whatever was read from the daemon is still handed over before this process ends.
      const ending = inputEnded ? 'client-done' : 'daemon-gone';
      if (output.writableFinished || output.destroyed) resolve(ending);
      else output.once('finish', () => resolve(ending));
      output.end();
    });
    socket.on('end', () => socket.end());
    input.pipe(socket);
    socket.pipe(output);
    socket.resume();
  });
}
