import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { expect, test } from 'vitest';

test('the daemon bundles without Electron anywhere in it', async () => {
  const project = join(import.meta.dirname, '..', '..', '..');
  const bundle = await rolldown({
    input: join(project, 'main', 'shells', 'daemon', 'main.ts'),
    platform: 'node',
    external: ['better-sqlite3', 'keytar', /cedar-wasm/, 'electron'],
    logLevel: 'silent',
  });
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: true });
  await bundle.close();
  const chunks = output.filter((part) => part.type === 'chunk');
  const modules = chunks.flatMap(({ moduleIds }) => moduleIds);
  const imports = chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]);
  expect(modules.length, 'it is the daemon that was bundled').toBeGreaterThan(100);
  expect(modules.filter((id) => /shells\/electron|node_modules\/electron/.test(id))).toEqual([]);
  expect(imports).not.toContain('electron');
  const files = new Set(chunks.map(({ fileName }) => fileName));
  const outside = imports.filter((name) => !files.has(name) && !builtinModules.includes(name.replace(/^node:/, '')));
  expect(outside.map((name) => name.replace(/^(@[^/]+\/[^/]+).*/, '$1')).sort()).toEqual(
    expect.arrayContaining(['better-sqlite3']),
  );
});
