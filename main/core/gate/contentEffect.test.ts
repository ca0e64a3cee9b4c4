import { expect, test } from 'vitest';
import { contentEffect } from './contentEffect.ts';

test('each says verb, object and place, and shows what is hidden', () => {
  const none = new Map<string, string>();
  expect(contentEffect('read_resource', 'files', 'demo://a', none)).toBe('Read the resource demo://a of server files');
  const led = new Map([['/uri', '/root/.ssh/id']]);
  expect(contentEffect('read_resource', 'files', 'file:///srv/a', led)).toBe(
    'Read /root/.ssh/id as a resource of server files',
  );
  expect(contentEffect('get_prompt', 'files', 'a\u202eb', none)).toContain('\\u{202e}');
  expect(contentEffect('complete_prompt', 'files', 'p', none)).toContain('complete a value of its prompt p');
  expect(contentEffect('complete_resource', 'files', 'demo://{x}', none)).toContain('its resource demo://{x}');
});
