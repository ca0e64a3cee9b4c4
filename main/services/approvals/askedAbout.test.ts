import { expect, test } from 'vitest';
import type { AskSubject } from '../../contract/ask.ts';
import { readChanges } from '../../contract/change.ts';
import { askedAbout } from './askedAbout.ts';
import { call, DIGEST } from './desk.fixture.ts';

const read = (subject: AskSubject) => JSON.parse(Buffer.from(askedAbout(subject)?.bytes ?? []).toString());

test('a question about a launch is kept whole but for the values of its environment', () => {
  const kept = read({
    kind: 'consent',
    server: 'files',
    launch: {
      command: 'node',
      args: ['new.js'],
      cwd: '/tmp',
      variables: [{ name: 'TOKEN', source: 'literal', shown: 'hunter2', valueDigest: DIGEST }],
      files: [],
      sandbox: 'none',
    },
    launchDigest: DIGEST,
    differences: [
      { where: 'args[0]', before: 'old.js', after: 'new.js' },
      { where: 'env TOKEN', before: null, after: 'hunter2' },
    ],
    findings: [],
  });
  expect(kept).toMatchObject({
    server: 'files',
    launch: { command: 'node', args: ['new.js'], variables: [{ name: 'TOKEN', shown: null, valueDigest: DIGEST }] },
    differences: [
      { where: 'args[0]', before: 'old.js', after: 'new.js' },
      { where: 'env TOKEN', before: null, after: 'a value' },
    ],
  });
  expect(JSON.stringify(kept)).not.toContain('hunter2');
});

test('a question about policies keeps what they said and would say', () => {
  const files = [{ file: 'mine.cedar', before: 'permit;', after: 'forbid;' }];
  expect(read({ kind: 'policy', files, policyDigest: DIGEST })).toMatchObject({ files });
});

test('a call’s arguments are kept with what becomes of it, and with the question what it changes in files', () => {
  expect(askedAbout(call)).toBeUndefined();
  const text = (content: string) => ({ kind: 'text', text: content, bytes: 2, version: '1' }) as const;
  const change = { act: 'write', path: '/tmp/a', before: text('no'), after: text('ok') } as const;
  const changes = [{ ...change, lines: { added: 1, removed: 1 } }];
  const { kind, bytes } = askedAbout({ ...call, changes }) ?? {};
  expect(kind).toBe('subject');
  expect(readChanges(Buffer.from(bytes ?? []).toString())).toEqual(changes);
});
