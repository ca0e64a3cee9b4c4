import type { Duplex } from 'node:stream';
import type { Peer } from '../../services/proxy/ports.ts';

/** A relay's connection after the handshake, as a session sees it. Writes of one turn leave in one packet. */
export function relayPeer(stream: Duplex): Peer {
  let corked = false;
  return {
    write(bytes) {
      if (stream.writableEnded || stream.destroyed) return true;
      if (!corked) {
        corked = true;
        stream.cork();
        queueMicrotask(() => {
          corked = false;
          stream.uncork();
        });
      }
      return stream.write(bytes);
    },
    onDrain: (listener) => void stream.on('drain', listener),
    onData: (listener) => {
      stream.on('data', listener);
      stream.resume();
    },
    onEnd: (listener) => {
      let told = false;
      const tell = () => {
        if (told) return;
        told = true;
        listener();
      };
      stream.once('end', tell);
      stream.once('close', tell);
    },
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    end: () => void stream.end(),
  };
}
