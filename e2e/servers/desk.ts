/** A server that says it can move the pointer and press keys, as the published computer-use servers do. It does neither. */
import { answerHandshake, answerText, onLine } from './lines.ts';

const TOOLS = ['screenshot', 'left_click'].map((name) => ({ name, inputSchema: { type: 'object' } }));

onLine((line) => {
  if (answerHandshake(line, () => TOOLS) || line.id === null) return;
  answerText(line.id, 'done');
});
