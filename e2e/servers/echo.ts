/** A server that says exactly which bytes reached it, and sends exactly the bytes it is told to. */
import { answer, answerHandshake, answerText, type Incoming, onLine } from './lines.ts';

const tool = (name: string, description: string) => ({
  name,
  description,
  inputSchema: { type: 'object' },
});
const TOOLS = [
  tool('echo', 'Answers with the line it got, in hexadecimal.'),
  tool('raw', 'Sends the bytes of `hex` as a line; ID in them stands for the id of the request.'),
  tool('big', 'Answers with a text of `bytes` bytes.'),
  tool('wait', 'Never answers; logs that it waits, and each cancellation that reaches it.'),
  tool('exit', 'Ends without answering.'),
  tool('count', 'Answers with how many lines this process has got, and its process id.'),
];

let lines = 0;

onLine((line) => {
  lines += 1;
  if (answerHandshake(line, () => TOOLS)) return;
  if (line.id === null) return log(line.params);
  if (line.method === 'tools/call') return call(line, line.id);
  answerText(line.id, line.bytes.toString('hex'));
});

function log(data: unknown): void {
  const message = { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data } };
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function call({ bytes, tool, params }: Incoming, id: string): void {
  switch (tool) {
    case 'raw': {
      const text = Buffer.from(params.arguments.hex, 'hex').toString('latin1');
      process.stdout.write(Buffer.from(`${text.replaceAll('ID', id)}\n`, 'latin1'));
      return;
    }
    case 'big':
      return answerText(id, 'x'.repeat(params.arguments.bytes));
    case 'wait':
      return log('waiting');
    case 'exit':
      process.exit(3);
      return;
    case 'count':
      return answer(id, { content: [], structuredContent: { lines, pid: process.pid } });
    default:
      return answerText(id, bytes.toString('hex'));
  }
}
