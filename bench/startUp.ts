import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Countersign } from './countersign.ts';
import { median } from './figures.ts';
import { endChild } from './linePeer.ts';
import { timed } from './measure.ts';
import { PROGRAMS } from './setting.ts';

const FIRST_LINE = `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: {} })}\n`;

/**
 * Milliseconds from start to first byte, medians: of a Node that only writes one, and of a relay that has been through
 * the handshake and answers for a server nobody configured, so that no server's own start is in it.
 */
export async function relayStart(countersign: Countersign, rounds: number): Promise<{ bare: number; relay: number }> {
  const bare: number[] = [];
  const relay: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await firstByte(['-e', 'process.stdin.once("data",()=>process.stdout.write("x"))'], process.env));
    relay.push(await firstByte([PROGRAMS.relay, 'nobody'], countersign.env));
  }
  return { bare: median(bare), relay: median(relay) };
}

async function firstByte(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'], env });
  child.stdin.on('error', () => {});
  child.stdin.write(FIRST_LINE);
  const took = await timed(() => once(child.stdout, 'data')).then(() => performance.now() - began);
  await endChild(child);
  return took;
}
