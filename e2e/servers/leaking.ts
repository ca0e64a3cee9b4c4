// An MCP server that says its secret wherever it can: on stderr at once, in a line that is no protocol, and in what its
// one tool `whoami` answers, as it is and in base64.
const token = process.env.TOKEN ?? '';
process.stderr.write(`starting with ${token}\n`);
process.stdout.write(`hello from ${token}\n`);

let held = '';
process.stdin.on('data', (chunk: Buffer) => {
  held += chunk.toString('utf8');
  const lines = held.split('\n');
  held = lines.pop() ?? '';
  for (const line of lines) receive(JSON.parse(line));
});

// biome-ignore lint/suspicious/noExplicitAny: whatever a client says
function receive({ id, method, params }: any): void {
  if (id === undefined) return;
  const said = `I am ${token}, or ${Buffer.from(token).toString('base64')}`;
  const tool = { name: 'whoami', inputSchema: { type: 'object' }, annotations: { readOnlyHint: true } };
  const results: Record<string, unknown> = {
    initialize: {
      protocolVersion: params?.protocolVersion,
      capabilities: { tools: {} },
      serverInfo: { name: 'leaking', version: '1.0.0' },
    },
    'tools/list': { tools: [tool] },
    'tools/call': { content: [{ type: 'text', text: said.repeat(40) }] },
  };
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result: results[method] ?? {} })}\n`);
}
