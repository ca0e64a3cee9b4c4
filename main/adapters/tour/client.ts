import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { TourClient } from '../../services/tour/ports.ts';

/** How an AI application starts the relay for a server: its program and arguments. */
export interface RelayCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The program's own version is not the tour client's business; a client has to name one. */
const CLIENT = { name: 'countersign-tour', version: '1.0.0' };

/** A real MCP client over stdio, through the relay. Rejects when the relay or the daemon refuses. */
export async function openTourClient(relay: RelayCommand): Promise<TourClient> {
  const client = new Client(CLIENT);
  const { command, args, env } = relay;
  const transport = new StdioClientTransport({ command, args: [...args], env: { ...env }, stderr: 'ignore' });
  await client.connect(transport);
  return {
    async call(tool, given) {
      const { content, isError } = await client.callTool({ name: tool, arguments: { ...given } });
      const texts = (content as readonly { type: string; text?: string }[]).map(({ text }) => text ?? '');
      return { text: texts.join('\n'), isError: isError === true };
    },
    close: () => client.close(),
  };
}
