/** What both ends of a handshake sign: `contract/handshake.ts`. Node's own modules only, the relay carries it. */
import { Buffer } from 'node:buffer';
import type { Hello } from '../../contract/handshake.ts';

/** The bytes that the device key signs (`daemon`) or the connect key proves (`peer`). Nonces are base64 as sent. */
export function transcript(side: 'daemon' | 'peer', hello: Hello, daemonNonce: string): Buffer {
  const lines = ['countersign/1', hello.role, hello.server ?? '', hello.nonce, daemonNonce];
  return Buffer.from(`${side}\n${lines.join('\n')}`, 'utf8');
}
