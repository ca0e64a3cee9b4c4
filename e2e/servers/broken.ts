/** Servers that are no good, each in its way. */
import { answerHandshake, answerText, onLine } from './lines.ts';

const [way, many] = process.argv.slice(2);

switch (way) {
  case 'exits':
    process.stderr.write('there is nothing to serve\n');
    process.exit(7);
    break;
  case 'silent':
    onLine(() => {});
    break;
  case 'nonsense':
    onLine(() => {
      process.stdout.write('Welcome!\n{"jsonrpc":"2.0"\n[]\n\u0000\u0001\n{"id":1}\n');
    });
    break;
  case 'chatty':
    // Says much on standard output that is no protocol, and works.
    process.stdout.write('Starting up…\nlistening on stdio\n');
    onLine((line) => {
      process.stdout.write('got a line\n');
      if (answerHandshake(line, () => [{ name: 'hello', inputSchema: { type: 'object' } }])) return;
      if (line.id !== null) answerText(line.id, 'hello');
    });
    break;
  case 'endless':
    // One line that does not end for `many` bytes.
    process.stdout.write(Buffer.alloc(Number(many), 'x'));
    onLine(() => {});
    break;
  case 'listless':
    // Greets, and never says which tools it has.
    onLine((line) => {
      if (line.method !== 'tools/list') answerHandshake(line, () => []);
    });
    break;
}
