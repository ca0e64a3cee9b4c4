/** The honest server over stdio. */
import { answer } from './answers.ts';

let held = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk: string) => {
  const lines = (held + chunk).split('\n');
  held = lines.pop() ?? '';
  const answers = lines.map(answer).filter((line) => line !== null);
  if (answers.length > 0) process.stdout.write(`${answers.join('\n')}\n`);
});
