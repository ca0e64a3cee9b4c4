import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Countersign } from '../fixtures/countersign.ts';
import { agree } from '../fixtures/daemon.ts';
import { refusedWith } from '../fixtures/door.ts';

let countersign: Countersign;
beforeAll(async () => {
  countersign = await Countersign.start();
});
afterAll(() => countersign.stop());

test('after an upgrade of what runs them, one review covers every server it concerns, and no other', async () => {
  const { app, home } = countersign;
  const interpreter = join(home.folder, 'interpreter');
  const install = (version: string) => {
    writeFileSync(interpreter, `#!/bin/sh\n# ${version}\nexec cat\n`);
    chmodSync(interpreter, 0o755);
  };
  install('1.0');
  for (const name of ['notes', 'search', 'alone']) await countersign.consent(name, interpreter, [name]);
  expect(await app.servers.sharedChanges()).toEqual([]);

  install('2.0, which is longer');
  await app.servers.remove({ server: 'alone' });
  await app.servers.add({ name: 'alone', entry: { command: interpreter, args: ['otherwise'] } });
  expect(await refusedWith(app.servers.start({ server: 'notes' }))).toBe('CONSENT_CHANGED');
  const [change, ...more] = await app.servers.sharedChanges();
  expect(more).toEqual([]);
  expect(change?.servers.map(({ server }) => server)).toEqual(['notes', 'search']);
  expect(change?.differences.map(({ where }) => where)).toEqual([
    `program ${interpreter} sha256`,
    `program ${interpreter} size`,
  ]);

  await agree(countersign, await app.servers.consentAll({ servers: change?.servers ?? [] }));
  const states = (await app.servers.list()).map(({ name, consent }) => `${name} ${consent}`);
  expect(states.toSorted()).toEqual(['alone needed', 'notes given', 'search given']);
  expect(await app.servers.sharedChanges()).toEqual([]);
});
