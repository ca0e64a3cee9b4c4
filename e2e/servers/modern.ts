/** A server of revision 2026-07-28, written with the SDK; with `both` it also serves older clients. */
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

const legacy = process.argv[2] === 'both' ? 'serve' : 'reject';

serveStdio(
  () => {
    const server = new McpServer({ name: 'modern', version: '1.0.0' });
    server.registerTool(
      'add',
      {
        description: 'Adds two numbers.',
        inputSchema: z.object({ a: z.number(), b: z.number() }),
        annotations: { readOnlyHint: true },
      },
      ({ a, b }) => ({ content: [{ type: 'text', text: `${a + b}` }] }),
    );
    server.registerTool(
      'send',
      { description: 'Sends a message.', inputSchema: z.object({ to: z.string(), text: z.string() }) },
      ({ to }) => ({ content: [{ type: 'text', text: `sent to ${to}` }] }),
    );
    return server;
  },
  { legacy },
);
