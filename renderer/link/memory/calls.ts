import type { CallSubject } from '../../../main/contract/ask.ts';
import type { FileChange, FileState } from '../../../main/contract/change.ts';
import { digestOf } from './ids.ts';

const text = (content: string): FileState => ({
  kind: 'text',
  text: content,
  bytes: new TextEncoder().encode(content).length,
  version: digestOf(content.length),
});

const README = [
  '# Almanac',
  '',
  'A calendar that knows when the tide turns.',
  '',
  '## Install',
  '',
  '```sh',
  'npm install almanac',
  '```',
  '',
  'Then run `almanac serve` and open the address it prints.',
  '',
];

/** A file that is written anew: one line goes, three come. */
export const OVERWRITTEN = {
  act: 'write',
  path: '/home/mara/Projects/almanac/README.md',
  before: text(README.join('\n')),
  after: text(
    README.join('\n').replace(
      'npm install almanac\n',
      'npm install --global almanac\nalmanac init\nalmanac fetch tides\n',
    ),
  ),
  lines: { added: 3, removed: 1 },
  content: '/content',
} satisfies FileChange;

/** The call that writes it, after one like it. */
export function edited(call: CallSubject): CallSubject {
  return {
    ...call,
    tool: 'edit_file',
    effect: 'Edit /home/mara/Projects/almanac/tides.ts (1 line changes)',
    arguments: [
      { pointer: '/path', json: '"/home/mara/Projects/almanac/tides.ts"' },
      { pointer: '/edits', json: JSON.stringify([{ oldText: 'Math.round(', newText: 'Math.trunc(' }]) },
      { pointer: '/dryRun', json: 'false' },
    ],
    changes: [
      {
        act: 'edit',
        path: '/home/mara/Projects/almanac/tides.ts',
        before: text(`${'// the moon\n'.repeat(40)}export const height = (m: number) => Math.round(m * 100) / 100;\n`),
        after: text(`${'// the moon\n'.repeat(40)}export const height = (m: number) => Math.trunc(m * 100) / 100;\n`),
        lines: { added: 1, removed: 1 },
      },
    ],
  };
}

/** A call of 400 arguments, the first of them a list of 120. */
export function crowded(call: CallSubject): CallSubject {
  const places = Array.from({ length: 120 }, (_, at) => ({
    station: `S${at}`,
    tides: [at, at + 0.5],
    open: at % 2 === 0,
  }));
  return {
    ...call,
    tool: 'update_stations',
    effect: 'Update 120 stations',
    arguments: [
      { pointer: '/stations', json: JSON.stringify(places) },
      { pointer: '/blob', json: JSON.stringify('0123456789abcdef'.repeat(65_536)) },
      ...Array.from({ length: 398 }, (_, at) => ({ pointer: `/option_${at}`, json: String(at) })),
    ],
  };
}
