import { expect, test } from 'vitest';
import type { AskSubject } from '../../contract/ask.ts';
import { call, DIGEST } from './desk.fixture.ts';
import { shareMatter } from './matters.ts';

type Of<Kind> = Extract<AskSubject, { kind: Kind }>;
const launch = { command: 'sh', args: [], cwd: '/', variables: [], files: [], sandbox: '' };
const consent = (server: string, launchDigest = DIGEST): Of<'consent'> => ({
  kind: 'consent',
  ...{ server, launch, launchDigest, differences: [], findings: [] },
});
const tool = { kind: 'tool', digest: DIGEST, class: 'read', was: null, change: 'new', definition: '{}' } as const;
const pin = (server: string, ...names: string[]): Of<'pin'> => ({
  kind: 'pin',
  server,
  tools: names.map((name) => ({ ...tool, name })),
});
const together = (...servers: string[]): AskSubject => ({
  kind: 'consents',
  launches: servers.map((one) => consent(one)),
});
const moved = { server: 'tides', variable: 'TOKEN', entries: [], why: 'by its name', length: 9 };
const protect: Of<'protect'> = {
  kind: 'protect',
  secrets: [{ ...moved, name: 'tide-token' }],
  ...{ changes: [], files: [], exposed: [], servers: [], planDigest: DIGEST },
};
const secret = (name: string): AskSubject => ({
  kind: 'secret',
  ...{ name, value: 'typed', replaces: false, usedBy: [] },
});

test.each<[string, AskSubject, AskSubject]>([
  ['a launch, whatever it would run', consent('files'), consent('files', `sha256:${'1'.repeat(64)}`)],
  ['a launch among others', consent('files'), together('git', 'files')],
  ['a tool among others, whatever class is chosen', pin('files', 'a', 'b'), pin('files', 'b', 'c')],
  ['a secret, typed or moved out of a client’s file', secret('tide-token'), protect],
  ['the passcode', { kind: 'passcode', replaces: false }, { kind: 'passcode', replaces: true }],
])('%s is one matter', (_, one, other) => {
  expect(shareMatter(one, other)).toBe(true);
  expect(shareMatter(other, one)).toBe(true);
});

test.each<[string, AskSubject, AskSubject]>([
  ['calls, were they the same', call, call],
  ['launches of two servers', consent('files'), together('git')],
  ['tools of one name of two servers', pin('files', 'a'), pin('git', 'a')],
  ['two secrets', secret('tide-key'), protect],
  ['a launch and its switch', consent('files'), { kind: 'switch', server: 'files', on: true }],
])('%s are two', (_, one, other) => {
  expect(shareMatter(one, other)).toBe(false);
});
