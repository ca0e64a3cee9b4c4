import { expect, test } from 'vitest';
import { onStage } from '../stage.ts';

test('what is printed for a client’s settings starts this very program', async () => {
  const { out } = await onStage({}, 'hook', '--print');
  const { hooks } = JSON.parse(out);
  const command = "'/opt/node 24/node' /opt/cli.mjs hook";
  expect(hooks.UserPromptSubmit).toMatchObject([{ hooks: [{ command }] }]);
  expect(hooks.PreToolUse).toMatchObject([{ matcher: 'mcp__.*', hooks: [{ command }] }]);
});
