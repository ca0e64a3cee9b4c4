import { expect, test } from 'vitest';
import type { LaunchPackage, PackageTruth } from '../../contract/package.ts';
import { truthFindings } from './truthFindings.ts';
import { wholeWord } from './word.ts';

const NOW = '2026-11-21T00:00:00.000000Z';

function found(wanted: Partial<LaunchPackage>, truth: Partial<PackageTruth>): string[] {
  const known = { package: { kind: 'npm', name: 'x', version: null, registry: null, ...wanted }, ...truth };
  const unchecked = { state: 'unchecked', detail: 'nobody said' };
  const whole = { signature: unchecked, provenance: unchecked, advisories: unchecked, publishedAt: null, ...known };
  return truthFindings(whole as PackageTruth, wholeWord('args[1]', 'x'), [], NOW).map(
    ({ id, severity }) => `${severity} ${id}`,
  );
}

test('incident 2: a version that the words left open and that is known to be dangerous', () => {
  expect(found({ name: 'mcp-remote', version: '~0.1.10' }, { version: '0.1.15' })).toEqual(['severe advisory']);
  expect(found({ name: 'mcp-remote', version: '~0.1.10' }, { version: '0.1.16' })).toEqual([]);
  expect(found({ kind: 'pypi', name: 'mcp-server-git' }, { version: '2025.1.1' })).toEqual(['severe advisory']);
});

test('incident 24: a name that nobody had a month ago', () => {
  const published = { version: '1.0.0', publishedAt: '2026-11-01T00:00:00Z' };
  expect(found({}, { ...published, firstPublishedAt: '2026-10-30T00:00:00Z' })).toEqual(['warning new-package']);
  expect(found({}, { ...published, firstPublishedAt: '2026-10-01T00:00:00Z' })).toEqual([]);
});

test('a version of this week is new, and one that nobody could look up is unchecked', () => {
  expect(found({}, { version: '1.0.0', publishedAt: '2026-11-15T00:00:00Z' })).toEqual(['warning new-version']);
  expect(found({}, { version: '1.0.0', publishedAt: '2026-11-13T00:00:00Z' })).toEqual([]);
  expect(found({}, { version: null })).toEqual(['info unchecked']);
});
