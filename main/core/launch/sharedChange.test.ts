import { expect, test } from 'vitest';
import type { LaunchReview } from '../../contract/launch.ts';
import { sharedChanges } from './sharedChange.ts';

const digest = `sha256:${'1'.repeat(64)}`;
const node = { where: 'program node sha256', before: 'sha256:old', after: 'sha256:new' };
const review = (server: string, change: Partial<LaunchReview> = {}) =>
  ({ server, digest, consent: 'changed', differences: [node], findings: [], ...change }) as LaunchReview;

test('servers that wait for the same program are one group', () => {
  const python = { ...node, where: 'program python sha256' };
  const found = sharedChanges([
    review('a'),
    review('b'),
    review('c', { differences: [python] }),
    review('d', { consent: 'given', differences: [] }),
  ]);
  expect(found).toEqual([
    {
      differences: [node],
      servers: [
        { server: 'a', digest },
        { server: 'b', digest },
      ],
    },
  ]);
});

test.each<[string, Partial<LaunchReview>]>([
  ['another argument', { differences: [node, { where: 'args[0]', before: null, after: 'x' }] }],
  ['another script', { differences: [{ ...node, where: 'script s.js sha256' }] }],
  ['another program still', { differences: [{ ...node, after: 'sha256:other' }] }],
  [
    'something severe',
    { findings: [{ id: 'x', severity: 'severe', where: 'command', span: { start: 0, length: 1 }, message: 'm' }] },
  ],
  ['no digest', { digest: null }],
])('%s is asked about by itself', (_, change) => expect(sharedChanges([review('a'), review('b', change)])).toEqual([]));
