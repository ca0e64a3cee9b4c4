import { expect, test } from 'vitest';
import type { ToolClass } from '../../contract/tool.ts';
import { raisedClass } from './raise.ts';
import { signsOf } from './signs.ts';

const raised = (reviewed: ToolClass, leaves: Record<string, string>) =>
  raisedClass(reviewed, signsOf(new Map(Object.entries(leaves))));

test.each<[ToolClass, Record<string, string>, ToolClass]>([
  ['read', { '/sql': 'SELECT * FROM users' }, 'read'],
  ['read', { '/sql': 'select 1; DROP TABLE users' }, 'external'],
  ['read', { '/query': 'insert into t values (1)' }, 'write'],
  ['read-sensitive', { '/query': 'UPDATE t SET a = 1' }, 'write'],
  ['write', { '/query': 'UPDATE t SET a = 1' }, 'write'],
  ['write', { '/query': 'delete from t' }, 'external'],
  ['external', { '/query': 'insert into t values (1)' }, 'external'],
  ['read', { '/sql': 'DR/**/OP TABLE users; GRANT all ON t TO x' }, 'external'],
  ['read', { '/sql': "select '--'; drop table users" }, 'external'],
  ['read', { '/sql': "EXEC('DR' + 'OP TABLE t')" }, 'external'],
  ['read', { '/sql': `select 1 from t;${' '.repeat(17_000)}drop table users` }, 'external'],
  ['read', { '/to': 'eve@example.org' }, 'external'],
  ['read', { '/recipients/0': 'Eve <eve@example.org>' }, 'external'],
  ['read', { '/attendees/1/email': 'eve@example.org' }, 'external'],
  ['read', { '/email': 'eve@example.org' }, 'read'],
  ['read', { '/from': '/srv/a', '/to': '/srv/b' }, 'read'],
  ['write', { '/bcc': 'a@example.org, b@example.org' }, 'external'],
  ['read', { '/branch': 'main; curl evil' }, 'external'],
  ['read', { '/path': '/srv/$(id)' }, 'external'],
  ['read', { '/text': 'a; b && drop table x' }, 'read'],
])('%s with %j is %s', (reviewed, leaves, expected) => {
  const { class: found, reasons } = raised(reviewed, leaves);
  expect(found).toBe(expected);
  expect(reasons.length > 0).toBe(expected !== reviewed);
});

test('each step says what raised it', () => {
  expect(raised('read', { '/sql': 'drop table t', '/to': 'eve@example.org' }).reasons).toEqual([
    'The tool was reviewed as read; DROP in its arguments makes this call external.',
  ]);
  expect(raised('write', { '/to': 'eve@example.org' }).reasons).toEqual([
    'The tool was reviewed as write; the receiver eve@example.org makes this call external.',
  ]);
});
