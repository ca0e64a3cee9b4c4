import { expect, test } from 'vitest';
import { refusal } from '../../contract/errors.ts';
import type { ServerSummary } from '../../contract/server.ts';
import { onStage } from './stage.ts';

const server = (name: string, change: Partial<ServerSummary>) =>
  ({
    name,
    state: 'stopped',
    reason: null,
    tools: { seen: false },
    command: 'x',
    args: [],
    problem: null,
    ...change,
  }) as ServerSummary;

test('faults in force are no refusals; those of one kind stand together, each with its server', async () => {
  const [lost, needed] = [refusal('LAUNCH_UNRESOLVED', '"uvx" is nowhere'), refusal('CONSENT_NEEDED')];
  const list = async () => [
    server('a', { problem: lost, reason: needed.message }),
    server('b', { problem: lost, reason: needed.message }),
    server('c', {}),
  ];
  const { out, error } = await onStage({ api: { servers: { list } } }, 'list');
  expect(error).toBe(
    `Problem: ${lost.message} [LAUNCH_UNRESOLVED]\n  a: "uvx" is nowhere\n  b: "uvx" is nowhere\n  ${lost.fix}\n`,
  );
  expect(out).toContain(`a, b: ${needed.message}\n`);
});
