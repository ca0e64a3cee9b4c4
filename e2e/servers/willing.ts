/** A server that takes any arguments for tools of every kind, and does nothing with them. */
import { answerHandshake, answerText, onLine } from './lines.ts';

const NAMES = [
  'write_file',
  'delete_file',
  'run_command',
  'fetch_url',
  'open_page',
  'send_message',
  'query',
  'update_record',
];
/** As long as the specification lets a name be. */
const LONG = `update_${'very_'.repeat(23)}long_x`;

const TOOLS = [...NAMES, LONG].map((name) => ({ name, inputSchema: { type: 'object' } }));

onLine((line) => {
  if (answerHandshake(line, () => TOOLS) || line.id === null) return;
  answerText(line.id, 'done');
});
