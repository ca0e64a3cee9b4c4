// `recording <log> [keep|clean]`: an MCP server of two tools that writes down each call it receives, durably, before it
// answers: one line of JSON, the params as they came. With a second argument it leaves a process behind at once that is
// in a session of its own, was forked twice, ignores SIGTERM, and has kept or dropped its environment.
import { spawn } from 'node:child_process';
import { fsyncSync, openSync, writeSync } from 'node:fs';

const [, , file = '', environment] = process.argv;
const log = openSync(file, 'a', 0o600);
const schema = { type: 'object', properties: { n: { type: 'string' } }, required: ['n'] };
const TOOLS = [
  { name: 'look', description: 'Looks.', inputSchema: schema, annotations: { readOnlyHint: true } },
  { name: 'put', description: 'Writes.', inputSchema: schema, annotations: { readOnlyHint: false } },
];

if (environment !== undefined) leaveBehind(environment === 'clean');

let held = Buffer.alloc(0);
process.stdin.on('data', (chunk: Buffer) => {
  held = Buffer.concat([held, chunk]);
  for (let end = held.indexOf(0x0a); end >= 0; end = held.indexOf(0x0a)) {
    receive(held.toString('utf8', 0, end));
    held = held.subarray(end + 1);
  }
});

function receive(line: string): void {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const answer = (result: unknown) => void process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`);
  if (method === 'initialize') {
    const { protocolVersion } = params;
    answer({ protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'recording', version: '1.0.0' } });
  } else if (method === 'tools/list') answer({ tools: TOOLS });
  else if (method === 'tools/call') {
    writeSync(log, `${JSON.stringify(params)}\n`);
    fsyncSync(log);
    // Calls stay open for a while, so that there are some to interrupt.
    setTimeout(() => answer({ content: [{ type: 'text', text: params.arguments.n }] }), Math.random() * 20);
  } else answer({});
}

function leaveBehind(clean: boolean): void {
  const detach = `trap '' TERM HUP INT; setsid tail -f "$0" & `;
  spawn('setsid', ['sh', '-c', detach, file], {
    detached: true,
    stdio: 'ignore',
    env: clean ? { PATH: process.env.PATH } : process.env,
  }).unref();
}
