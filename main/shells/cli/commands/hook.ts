import { open } from 'node:fs/promises';
import { z } from 'zod';
import type { HookNews } from '../../../contract/origin.ts';
import { EXIT } from '../exit.ts';
import { type AddCommand, verb } from '../verb.ts';

/** What Claude Code gives its hooks on standard input (code.claude.com/docs/en/hooks), as far as it is of use. */
const event = z.object({
  hook_event_name: z.string(),
  session_id: z.string(),
  transcript_path: z.string().optional(),
  prompt: z.string().optional(),
  tool_use_id: z.string().optional(),
});

/** The end of a transcript holds the message that uses the tool. */
const TAIL = 256 * 1024;
const LONGEST_PROMPT = 100_000;

/** What makes Claude Code run this program, wherever it lies. */
function settingsFor(self: readonly string[]) {
  const command = [...self, 'hook'].map(quoted).join(' ');
  const hooks = [{ type: 'command', command, timeout: 5 }];
  return { hooks: { UserPromptSubmit: [{ hooks }], PreToolUse: [{ matcher: 'mcp__.*', hooks }] } };
}

/** A word as a shell takes it for one. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** `hook`: run by Claude Code, joins what the person asked for and the model to the calls in the record. */
export const addHook: AddCommand = (program, shell, leave) => {
  verb<[], { print?: boolean; verbose?: boolean }>(program, shell, leave, {
    usage: 'hook',
    summary: 'for Claude Code’s hooks: tell the record what was asked for, and by which model',
    options: (command) =>
      command
        .option('--print', 'print what belongs in Claude Code’s settings.json')
        .option('--verbose', 'say on standard error why nothing was told'),
    async run({ options, out }) {
      if (options.print) {
        const settings = settingsFor(shell.self);
        out.result(settings, () => out.line(JSON.stringify(settings, null, 2)));
        return EXIT.ok;
      }
      // Whatever goes wrong, the client goes on: a hook that fails would stand in the person's way.
      try {
        const news = await newsOf((await shell.piped()) ?? '');
        if (news !== null) await (await shell.api()).audit.tell(news);
      } catch (error) {
        if (options.verbose) out.note(error instanceof Error ? error.message : String(error));
      }
      return EXIT.ok;
    },
  });
};

/** What an event tells; null when it is none of ours. */
async function newsOf(text: string): Promise<HookNews | null> {
  const { hook_event_name, session_id, transcript_path, prompt, tool_use_id } = event.parse(JSON.parse(text));
  if (hook_event_name === 'UserPromptSubmit' && prompt !== undefined)
    return { kind: 'prompt', conversation: session_id, prompt: prompt.slice(0, LONGEST_PROMPT) };
  if (hook_event_name !== 'PreToolUse' || tool_use_id === undefined) return null;
  const model = transcript_path === undefined ? null : await modelIn(transcript_path, tool_use_id);
  return {
    kind: 'tool',
    conversation: session_id,
    toolUse: tool_use_id,
    ...(model !== null && { model: { value: model, source: 'transcript' as const } }),
  };
}

/** The model of the message that uses the tool, out of the transcript's end; null when it is not there yet. */
async function modelIn(file: string, toolUse: string): Promise<string | null> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return null;
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - TAIL);
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(size - start), position: start });
    const line = buffer
      .subarray(0, bytesRead)
      .toString()
      .split('\n')
      .findLast((one) => one.includes(`"${toolUse}"`) && one.includes('"model"'));
    const message = line === undefined ? null : (JSON.parse(line) as { message?: { model?: unknown } }).message;
    return typeof message?.model === 'string' && message.model !== '' ? message.model.slice(0, 200) : null;
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}
