import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Peer } from './peer.ts';

const NEWLINE = 0x0a;
/** Where servers put the id: last with the SDK, second with ours. Looking there is cheaper than parsing the line. */
const ID_LAST = /"id":(\d+)\}$/;
const ID_FIRST = /^\{"jsonrpc":"2\.0","id":(\d+)/;
const LOOK = 64;

/** A connection over stdio to a program of this Node; lines are matched to requests without parsing them whole. */
export function openLinePeer(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Peer & { child: ChildProcess } {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'], env });
  const { stdin, stdout } = child;
  const waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  let chunks: Buffer[] = [];
  let next = 1;

  stdout.on('data', (chunk: Buffer) => {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const piece = chunk.subarray(start, end);
      answer(chunks.length === 0 ? piece : Buffer.concat([...chunks, piece]));
      chunks = [];
      start = end + 1;
    }
    if (start < chunk.length) chunks.push(chunk.subarray(start));
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error(`${args.join(' ')} ended`));
  });
  stdin.on('error', () => {});

  function answer(line: Buffer) {
    const head = line.toString('latin1', 0, LOOK);
    const id = ID_FIRST.exec(head)?.[1] ?? ID_LAST.exec(line.toString('latin1', Math.max(0, line.length - LOOK)))?.[1];
    const asked = waiting.get(Number(id));
    if (asked === undefined) return;
    waiting.delete(Number(id));
    if (head.includes('"error"')) asked.reject(new Error(line.toString('utf8', 0, 300)));
    else asked.resolve();
  }

  return {
    child,
    pid: child.pid ?? 0,
    request(method, params) {
      const id = next++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
      });
    },
    notify: async (method) => void stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method })}\n`),
    close: () => endChild(child),
  };
}

/** Closes stdin and ends a program, by force after two seconds. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.stdin?.end();
  child.kill('SIGTERM');
  const killing = setTimeout(() => child.kill('SIGKILL'), 2000);
  await ended;
  clearTimeout(killing);
}
