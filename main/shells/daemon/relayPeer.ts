import type { Duplex } from 'node:stream';
import { gathered } from '../../adapters/socket/gathered.ts';
import type { Peer } from '../../services/proxy/ports.ts';

/** A relay's connection after the handshake, as a session sees it. */
export function relayPeer(stream: Duplex): Peer {
  const write = gathered(stream);
  return {
    write: (bytes) => stream.writableEnded || stream.destroyed || write(bytes),
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
