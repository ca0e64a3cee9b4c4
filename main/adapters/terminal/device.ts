/** The terminal device itself: a passcode typed here never came through a pipe, an argument or the environment (SECURITY.md rule 2). */
import { closeSync, openSync, writeSync } from 'node:fs';
import { isatty, ReadStream } from 'node:tty';
import { LineEditor } from './lineEditor.ts';

export interface TerminalDevice {
  write(text: string): void;
  /**
   * Drops what was typed before, shows `question`, then reads one line: echoed, or hidden for passcodes and secrets.
   * Null when the person gave up (Ctrl-C, Ctrl-D, hang-up).
   */
  ask(question: string, options?: { hidden?: boolean }): Promise<string | null>;
  close(): void;
}

/** Milliseconds in which keystrokes are dropped before a question appears (SECURITY.md prompt rule 7). */
const DEAD_MS = 500;

/** Opens the controlling terminal of this process whatever stdin and stdout are; null when there is none. */
export function openTerminal(platform: NodeJS.Platform = process.platform): TerminalDevice | null {
  const paths =
    platform === 'win32'
      ? { input: '\\\\.\\CONIN$', output: '\\\\.\\CONOUT$' }
      : { input: '/dev/tty', output: '/dev/tty' };
  let output: number;
  try {
    output = openSync(paths.output, 'w');
  } catch {
    return null;
  }
  if (!isatty(output)) {
    closeSync(output);
    return null;
  }
  return {
    write: (text) => void writeSync(output, text),
    async ask(question, { hidden = false } = {}) {
      const input = new ReadStream(openSync(paths.input, 'r'));
      input.setRawMode(true);
      const drop = () => {};
      input.on('data', drop);
      try {
        await new Promise((resolve) => setTimeout(resolve, DEAD_MS));
        input.off('data', drop);
        writeSync(output, question);
        return await readLine(input, hidden ? () => {} : (text) => void writeSync(output, text));
      } finally {
        input.setRawMode(false);
        input.destroy();
        writeSync(output, '\n');
      }
    },
    close: () => closeSync(output),
  };
}

function readLine(input: ReadStream, echo: (text: string) => void): Promise<string | null> {
  return new Promise((resolve) => {
    const editor = new LineEditor(echo);
    input.on('data', (chunk) => {
      const line = editor.type(chunk);
      if (line !== undefined) resolve(line);
    });
    input.once('end', () => resolve(null));
    input.once('error', () => resolve(null));
  });
}
