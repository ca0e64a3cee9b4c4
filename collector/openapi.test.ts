import { expect, test } from 'vitest';
import { collectorApi } from '../main/contract/collector.ts';
import { openapi } from './openapi.ts';

/** Every procedure of the contract, as `METHOD path`. */
function routesOf(part: object): string[] {
  return Object.values(part).flatMap((each) => {
    const route = (each as { '~orpc'?: { route: { method?: string; path?: string } } })['~orpc']?.route;
    return route === undefined ? routesOf(each) : [`${route.method} ${route.path}`];
  });
}

test('the interface is described whole: a procedure that is not in it fails this', async () => {
  const { openapi: version, paths } = (await openapi('1.2.3')) as { openapi: string; paths: Record<string, object> };
  expect(version).toMatch(/^3\.1\./);
  const described = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.sort()).toEqual(routesOf(collectorApi).sort());
});
