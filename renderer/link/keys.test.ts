import { expect, test } from 'vitest';
import { changeEvent } from '../../main/contract/status.ts';
import { keys, staleTopics } from './keys.ts';

const topics = changeEvent.shape.topic.options;

test('everything cached begins with a topic that changes are told of', () => {
  const all = [
    keys.status,
    keys.doctor,
    keys.servers,
    keys.review('a', 'usual'),
    keys.logs('a', ''),
    keys.sessions,
    keys.tools('a'),
    keys.asks(true),
    keys.ask('x'),
    keys.secrets,
    keys.policy,
    keys.auditNow({}),
    keys.call('x'),
    keys.tour,
  ];
  for (const [topic] of all) expect(topics).toContain(topic);
});

test('a change always makes its own topic stale', () => {
  for (const topic of topics) expect(staleTopics(topic)).toContain(topic);
});

test('an entry that is put back is no longer what a secret is for', () => {
  expect(staleTopics('clients')).toContain('secrets');
});
