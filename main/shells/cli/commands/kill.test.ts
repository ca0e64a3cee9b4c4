import { expect, test } from 'vitest';
import type { AskView } from '../../../contract/ask.ts';
import type { ServerSummary, SessionInfo } from '../../../contract/server.ts';
import type { SwitchScope } from '../../../contract/switch.ts';
import type { DefinitionReview } from '../../../contract/tool.ts';
import { onStage, type Stage } from '../stage.ts';

const ID = '0193c5e0-0000-7000-8000-00000000000a';
const AT = '2026-11-21T03:17:00.000123Z';

function stage() {
  const done: string[] = [];
  const revive = async ({ scope }: { scope: SwitchScope }) => {
    done.push(`revive ${JSON.stringify(scope)}`);
    return { ask: ID };
  };
  const api: Stage['api'] = {
    switches: {
      kill: async ({ scope }) => {
        done.push(`kill ${JSON.stringify(scope)}`);
        return {};
      },
      revive,
      list: async () => [{ scope: { kind: 'tool', server: 'files', tool: 'put\u202E' }, at: AT, person: 'ada' }],
    },
    tools: { list: async () => [{ name: 'write/it' } as DefinitionReview] },
    servers: {
      list: async () => [
        { name: 'mail', state: 'disabled' } as ServerSummary,
        { name: 'ci', state: 'ready' } as ServerSummary,
      ],
      sessions: async () => [{ id: ID, client: { program: '/usr/bin/agent' } } as SessionInfo],
      disable: async ({ server }) => {
        done.push(`disable ${server}`);
        return {};
      },
    },
    asks: {
      get: async () => ({ id: ID, subject: { kind: 'revive', scope: { kind: 'all' } }, state: 'open' }) as AskView,
    },
  };
  return { done, api };
}

test.each([
  [['--all'], 'kill {"kind":"all"}'],
  [['--tool', 'files/write/it'], 'kill {"kind":"tool","server":"files","tool":"write/it"}'],
  [['--family', 'mail'], 'kill {"kind":"family","family":"mail"}'],
  [['--client', '/usr/bin/agent'], 'kill {"kind":"client","program":"/usr/bin/agent"}'],
  [['--session', ID], `kill {"kind":"session","session":"${ID}"}`],
  [['--server', 'files'], 'disable files'],
])('kill %j counts at once', async (options, expected) => {
  const { done, api } = stage();
  const { code, error } = await onStage({ api }, 'kill', ...options);
  expect([code, error]).toEqual([0, '']);
  expect(done).toEqual([expected]);
});

test.each([
  ['--tool', 'files/wirte'],
  ['--client', '/usr/bin/agnet'],
  ['--session', ID.replace(/a$/, 'b')],
])('kill %s %s counts, and says that nothing like it is there now', async (...options) => {
  const { done, api } = stage();
  const { code, error } = await onStage({ api }, 'kill', ...options);
  expect(code).toBe(0);
  expect(error).toMatch(/now\. The stop holds for what comes/);
  expect(done).toHaveLength(1);
});

test.each([[[]], [['--all', '--server', 'files']], [['--tool', 'files']]])('kill %j is refused', async (options) => {
  const { done, api } = stage();
  const { code, error } = await onStage({ api }, 'kill', ...options);
  expect(code).toBe(1);
  expect(error).toContain('[INPUT_INVALID]');
  expect(done).toEqual([]);
});

test('reviving is asked of a person', async () => {
  const { done, api } = stage();
  const { code, out } = await onStage({ api }, 'revive', '--all', '--no-wait');
  expect(code).toBe(0);
  expect(out).toContain('Asked: Switch on again: everything');
  expect(done).toEqual(['revive {"kind":"all"}']);
});

test('revive alone lists what is stopped, with nothing invisible in it', async () => {
  const { out } = await onStage({ api: stage().api }, 'revive');
  expect(out).toMatch(/the tool put⟨U\+202E⟩ of files +2026-11-21T03:17:00.000123Z +ada/);
  expect(out).toContain('The server mail is switched off: countersign enable mail\n');
  expect(out).not.toContain('ci');
});
