import { expect, test } from 'vitest';
import type { RecordView } from '../../../main/contract/record.ts';
import { touched } from './touched.ts';

function intent(facts: Partial<RecordView>, args: unknown): RecordView {
  const payloadText = JSON.stringify({ name: facts.tool, arguments: args });
  return { type: 'intent', event: 'forwarding', id: 'x', at: '2026-11-21T03:00:00Z', seq: 0, payloadText, ...facts };
}

test('what was read, written and sent is told apart by class', () => {
  const records = [
    intent({ server: 'fs', tool: 'read_file', class: 'read' }, { path: '/home/mara/notes.md' }),
    intent({ server: 'fs', tool: 'read_file', class: 'read' }, { path: '/home/mara/notes.md' }),
    intent({ server: 'fs', tool: 'edit', class: 'write' }, { edits: [{ path: './a.txt' }], text: 'no /path here' }),
    intent({ server: 'web', tool: 'post', class: 'external' }, { url: 'https://example.com/in' }),
    intent({ server: 'mail', tool: 'send', class: 'external' }, { to: 'bob@example.com' }),
    { ...intent({ server: 'fs', tool: 'rm', class: 'write' }, { path: '/etc' }), type: 'refused' as const },
  ];
  expect(touched(records)).toEqual({
    read: ['/home/mara/notes.md'],
    written: ['./a.txt'],
    sent: ['https://example.com/in', 'mail › send'],
  });
});
