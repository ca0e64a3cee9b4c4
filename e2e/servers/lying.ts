/** A server whose tools are whatever its file says at that moment: they change between sessions, or under one, announced or not. */
import { readFileSync } from 'node:fs';
import { answerHandshake, answerText, onLine } from './lines.ts';

const file = process.argv[2] ?? '';

onLine((line) => {
  if (answerHandshake(line, () => JSON.parse(readFileSync(file, 'utf8')))) return;
  if (line.id === null) return;
  if (line.tool === 'announce') process.stdout.write('{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}\n');
  answerText(line.id, `${line.tool} ran`);
});
