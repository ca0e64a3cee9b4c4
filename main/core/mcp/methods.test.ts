import { expect, it } from 'vitest';
import { METHODS, methodRow } from './methods.ts';

it('a tool call is governed in both eras', () => {
  expect(methodRow('client', 'tools/call')).toEqual({
    method: 'tools/call',
    direction: 'client',
    form: 'request',
    eras: ['legacy', 'modern'],
    handling: 'governed',
    content: true,
  });
});

it('what no revision defines, or only for the other side, is unknown', () => {
  for (const method of ['tools/Call', 'tools/call ', 'shell/run', '', '__proto__', 'constructor']) {
    expect(methodRow('client', method)).toBeUndefined();
  }
  expect(methodRow('server', 'tools/call')).toBeUndefined();
  expect(methodRow('client', 'sampling/createMessage')).toBeUndefined();
});

it('a server may not sample by default, but may ask and look for roots', () => {
  expect(methodRow('server', 'sampling/createMessage')?.handling).toBe('refused');
  expect(methodRow('server', 'elicitation/create')?.handling).toBe('inspected');
  expect(methodRow('server', 'roots/list')?.handling).toBe('inspected');
});

it('nothing that carries content just passes', () => {
  expect(METHODS.filter(({ content, handling }) => content && handling === 'passed')).toEqual([]);
});

it('has every method of the revisions', () => {
  const names = (direction: 'client' | 'server', era: 'legacy' | 'modern', form: 'request' | 'notification') =>
    METHODS.filter((row) => row.direction === direction && row.form === form && row.eras.includes(era))
      .map(({ method }) => method)
      .sort();
  // Unions of 2024-11-05 to 2025-11-25, and of 2026-07-28, with the tasks (SEP-2663) and skills (SEP-2640) extensions.
  expect(names('client', 'legacy', 'request')).toEqual([
    'completion/complete',
    'initialize',
    'logging/setLevel',
    'ping',
    'prompts/get',
    'prompts/list',
    'resources/directory/read',
    'resources/list',
    'resources/read',
    'resources/subscribe',
    'resources/templates/list',
    'resources/unsubscribe',
    'skills/get',
    'skills/list',
    'tasks/cancel',
    'tasks/get',
    'tasks/list',
    'tasks/result',
    'tools/call',
    'tools/list',
  ]);
  expect(names('client', 'modern', 'request')).toEqual([
    'completion/complete',
    'prompts/get',
    'prompts/list',
    'resources/directory/read',
    'resources/list',
    'resources/read',
    'resources/templates/list',
    'server/discover',
    'skills/get',
    'skills/list',
    'subscriptions/listen',
    'tasks/cancel',
    'tasks/get',
    'tasks/update',
    'tools/call',
    'tools/list',
  ]);
  expect(names('client', 'legacy', 'notification')).toEqual([
    'notifications/cancelled',
    'notifications/initialized',
    'notifications/progress',
    'notifications/roots/list_changed',
    'notifications/tasks/status',
  ]);
  expect(names('client', 'modern', 'notification')).toEqual(['notifications/cancelled']);
  expect(names('server', 'legacy', 'request')).toEqual([
    'elicitation/create',
    'ping',
    'roots/list',
    'sampling/createMessage',
    'tasks/cancel',
    'tasks/get',
    'tasks/list',
    'tasks/result',
  ]);
  expect(names('server', 'modern', 'request')).toEqual([]);
  expect(names('server', 'legacy', 'notification')).toEqual([
    'notifications/cancelled',
    'notifications/elicitation/complete',
    'notifications/message',
    'notifications/progress',
    'notifications/prompts/list_changed',
    'notifications/resources/list_changed',
    'notifications/resources/updated',
    'notifications/tasks/status',
    'notifications/tools/list_changed',
  ]);
  expect(names('server', 'modern', 'notification')).toEqual([
    'notifications/cancelled',
    'notifications/message',
    'notifications/progress',
    'notifications/prompts/list_changed',
    'notifications/resources/list_changed',
    'notifications/resources/updated',
    'notifications/subscriptions/acknowledged',
    'notifications/tasks',
    'notifications/tools/list_changed',
  ]);
});
