/** Who asked for a call, by which model: what clients and their hooks reveal stands in the record, and nothing else does. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordView } from '../../main/contract/record.ts';
import { Stage } from '../attacks/stage.ts';
import { countersign } from '../fixtures/command.ts';
import type { Connection } from '../fixtures/connection.ts';
import { PROJECT } from '../fixtures/home.ts';

const BIN = join(PROJECT, 'main/shells/cli/bin.cjs');

let stage: Stage;
let connection: Connection;
beforeAll(async () => {
  stage = await Stage.open();
  connection = stage.connect();
  await connection.initialize();
});
afterAll(async () => {
  await connection.close();
  await stage[Symbol.asyncDispose]();
});

/** Runs the hook as Claude Code does; its exit code and what it said. */
function hook(event: unknown, env = stage.home.env): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, 'hook'], {
    input: typeof event === 'string' ? event : JSON.stringify(event),
    encoding: 'utf8',
    env,
  });
  return { status, said: stdout + stderr };
}

/** The story of the newest call whose arguments hold this word. */
async function story(word: string): Promise<RecordView[]> {
  const { records } = await stage.daemon.app.audit.search({ text: `type:intent ${word}` });
  return stage.daemon.app.audit.show({ id: records[0]?.id ?? '' });
}

test('what the person typed and the model that called are joined to the call by its tool-use id', async () => {
  const transcript = stage.path('transcript.jsonl');
  const message = { model: 'claude-9', content: [{ type: 'tool_use', id: 'toolu_7', name: 'mcp__recorder__look' }] };
  writeFileSync(transcript, `{"type":"user"}\n${JSON.stringify({ type: 'assistant', message })}\n`);
  const session_id = 'c0ffee';
  expect(hook({ hook_event_name: 'UserPromptSubmit', session_id, prompt: 'Look at the lighthouse.' })).toEqual({
    status: 0,
    said: '',
  });
  hook({ hook_event_name: 'PreToolUse', session_id, transcript_path: transcript, tool_use_id: 'toolu_7' });
  await connection.call('look', { n: 'joined' }, { 'claudecode/toolUseId': 'toolu_7' });
  const [told, intent] = await story('joined');
  expect(told).toMatchObject({ type: 'told', payloadText: '"Look at the lighthouse."' });
  expect(intent).toMatchObject({
    type: 'intent',
    model: { value: 'claude-9', source: 'transcript' },
    prompt: { record: told?.id, source: 'hook' },
    ids: { 'claudecode/toolUseId': 'toolu_7' },
  });
  expect(await countersign(stage.home, 'audit', 'show', intent?.id ?? '')).toContain('claude-9 (transcript)');
});

test('another call of the same conversation has no prompt made up for it', async () => {
  await connection.call('look', { n: 'alone' }, { 'claudecode/toolUseId': 'toolu_8' });
  const [intent] = await story('alone');
  expect(intent).toMatchObject({ type: 'intent', ids: { 'claudecode/toolUseId': 'toolu_8' } });
  expect(intent).not.toHaveProperty('prompt');
  expect(intent).not.toHaveProperty('model');
});

test('a secret in a prompt is masked before it reaches the disk', async () => {
  const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
  hook({ hook_event_name: 'UserPromptSubmit', session_id: 'x', prompt: `Use ${token} for it.` });
  const { records } = await stage.daemon.app.audit.search({ text: 'type:told' });
  expect(records[0]?.payloadText).toContain('Use ');
  expect(JSON.stringify(records)).not.toContain(token);
});

test('a hook never stands in the client’s way', () => {
  expect(hook('not json').status).toBe(0);
  expect(hook({ hook_event_name: 'Stop', session_id: 'x' })).toEqual({ status: 0, said: '' });
  const nowhere = { ...stage.home.env, COUNTERSIGN_HOME: stage.path('nowhere') };
  expect(hook({ hook_event_name: 'UserPromptSubmit', session_id: 'x', prompt: 'y' }, nowhere).status).toBe(0);
});
