import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cyclesIn } from './cycles.ts';
import { importedBy } from './importedBy.ts';
import { alwaysWrong, ROWS } from './importRules.ts';

const allowed = (from: string, to: string) => {
  const row = ROWS.find((candidate) => candidate.from.test(from));
  return row !== undefined && (row.from.test(to) || row.may.some((may) => may.test(to)));
};

describe('the rows', () => {
  test.each([
    ['main/core/gate/verdict.ts', 'main/contract/verdict.ts'],
    ['main/services/audit/append.ts', 'main/core/ledger/leaf.ts'],
    ['main/adapters/sqlite/store.ts', 'main/services/audit/ports.ts'],
    ['main/shells/electron/tray.ts', 'npm:electron'],
    ['preload/app/index.ts', 'npm:electron'],
  ])('%s may import %s', (from, to) => expect(allowed(from, to)).toBe(true));

  test.each([
    ['main/core/gate/verdict.ts', 'node:crypto'],
    ['main/core/gate/verdict.ts', 'npm:zod'],
    ['main/core/gate/verdict.ts', 'main/services/clock.ts'],
    ['main/services/audit/append.ts', 'main/adapters/sqlite/store.ts'],
    ['main/services/audit/append.ts', 'npm:kysely'],
    ['main/adapters/sqlite/store.ts', 'main/services/audit/append.ts'],
    ['main/adapters/sqlite/store.ts', 'npm:electron'],
    ['main/shells/daemon/run.ts', 'npm:electron'],
    ['main/shells/daemon/run.ts', 'main/shells/cli/main.ts'],
    ['main/shells/relay/main.ts', 'main/services/clock.ts'],
    ['preload/app/index.ts', 'npm:zod'],
    ['renderer/app/App.tsx', 'node:fs'],
    ['renderer/app/App.tsx', 'main/core/gate/verdict.ts'],
    ['renderer/approval/Prompt.tsx', 'renderer/link/link.ts'],
    ['e2e/fixtures/app.ts', 'main/shells/electron/runtime.ts'],
    ['elsewhere/x.ts', 'main/contract/verdict.ts'],
  ])('%s may not import %s', (from, to) => expect(allowed(from, to)).toBe(false));

  test('features keep apart', () => {
    expect(alwaysWrong('renderer/features/asks/A.tsx', 'renderer/features/audit/B.tsx')).not.toBeNull();
    expect(alwaysWrong('renderer/features/asks/A.tsx', 'renderer/features/asks/B.tsx')).toBeNull();
  });
});

describe('reading imports', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'imports-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('every form is seen, and types are told from values', () => {
    const file = join(folder, 'a.ts');
    writeFileSync(join(folder, 'b.ts'), '');
    writeFileSync(
      file,
      `import 'fs'; import type { T } from './b.ts'; import { x, type Y } from '@scope/name/sub';
       export * from './b.ts'; export type { Q } from './gone.ts'; await import('zod'); using z = x();`,
    );
    expect(importedBy(file)).toEqual([
      { to: 'node:fs', type: false },
      { to: join(folder, 'b.ts'), type: true },
      { to: 'npm:@scope/name', type: false },
      { to: join(folder, 'b.ts'), type: false },
      { to: `missing:${join(folder, 'gone.ts')}`, type: true },
      { to: 'npm:zod', type: false },
    ]);
  });

  test('a file that cannot be read is an error, not a file without imports', () => {
    const file = join(folder, 'broken.ts');
    writeFileSync(file, 'import { from nowhere');
    expect(() => importedBy(file)).toThrow('broken.ts');
  });
});

test('cycles of values are found, cycles of types are none', () => {
  const value = (to: string) => ({ to, type: false });
  expect(
    cyclesIn(
      new Map([
        ['a', [value('b')]],
        ['b', [value('c')]],
        ['c', [value('b')]],
      ]),
    ),
  ).toEqual([['b', 'c', 'b']]);
  expect(
    cyclesIn(
      new Map([
        ['a', [value('b')]],
        ['b', [{ to: 'a', type: true }]],
      ]),
    ),
  ).toEqual([]);
});
