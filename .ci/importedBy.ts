import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, normalize } from 'node:path';
import { parseSync } from 'rolldown/utils';

/** One import of a file. */
export interface Import {
  /** `main/x.ts`, `node:fs`, `npm:zod`; for a file that is not there, `missing:` and the path. */
  readonly to: string;
  /** Nothing of it is left at run time. */
  readonly type: boolean;
}

/** The imports of a TypeScript file (its path from the project), re-exports and literal `import()` included. Throws when it cannot be read. */
export function importedBy(file: string): Import[] {
  const code = readFileSync(file, 'utf8');
  const { module, errors } = parseSync(file, code);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found: Import[] = [];
  const add = (request: string, type: boolean) => found.push({ to: target(file, request), type });
  for (const { moduleRequest, entries } of module.staticImports) {
    add(moduleRequest.value, entries.length > 0 && entries.every(({ isType }) => isType));
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) if (moduleRequest) add(moduleRequest.value, isType);
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^(['"])(.*)\1$/.exec(code.slice(moduleRequest.start, moduleRequest.end));
    if (literal?.[2] !== undefined) add(literal[2], false);
  }
  return found;
}

function target(file: string, request: string): string {
  if (isBuiltin(request)) return request.startsWith('node:') ? request : `node:${request}`;
  if (!request.startsWith('.')) return `npm:${/^(@[^/]+\/)?[^/]+/.exec(request)?.[0]}`;
  const path = normalize(join(file, '..', request.replace(/\?.*$/, ''))).replaceAll('\\', '/');
  return existsSync(path) ? path : `missing:${path}`;
}
