/**
 * What the smallest honest MCP server answers: `echo` gives its message back, `big` a text of so many bytes. It costs as
 * little as a server in Node can, so that what stands in front of it is what is measured.
 */
const READING = { readOnlyHint: true, openWorldHint: false };
const TOOLS = [
  {
    name: 'echo',
    description: 'Gives the message back.',
    inputSchema: { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] },
    annotations: READING,
  },
  {
    name: 'big',
    description: 'Gives a text of so many bytes.',
    inputSchema: { type: 'object', properties: { bytes: { type: 'integer' } }, required: ['bytes'] },
    annotations: READING,
  },
];
const INITIALIZED = {
  protocolVersion: '2025-06-18',
  capabilities: { tools: {} },
  serverInfo: { name: 'honest', version: '1.0.0' },
};

export interface Request {
  readonly id?: number | string;
  readonly method: string;
  readonly params?: {
    readonly name?: string;
    readonly arguments?: { readonly message?: string; readonly bytes?: number };
  };
}

/** The response to a request as JSON text; null for a notification. */
export function answer(text: string): string | null {
  const request: Request = JSON.parse(text);
  return request.id === undefined
    ? null
    : JSON.stringify({ jsonrpc: '2.0', id: request.id, result: resultOf(request) });
}

function resultOf({ method, params }: Request): object {
  if (method === 'initialize') return INITIALIZED;
  if (method === 'tools/list') return { tools: TOOLS };
  if (method !== 'tools/call') return {};
  const { message = '', bytes } = params?.arguments ?? {};
  return { content: [{ type: 'text', text: bytes === undefined ? message : 'x'.repeat(bytes) }] };
}
