import { expect, test } from 'vitest';
import type { ClientEntry, ClientsView } from '../../contract/client.ts';
import { followClients } from './clientNotices.ts';
import type { DaemonLink } from './forwardRouter.ts';

const AT = '2026-11-21T03:17:00.000123Z';
const entry = (name: string, appeared: ClientEntry['appeared']) => ({ id: name, name, appeared }) as ClientEntry;
const view = (...entries: ClientEntry[]) => ({ files: [{ client: 'cursor', entries }] }) as unknown as ClientsView;

test('each entry that waits is told of once, and again when it changes', async () => {
  const added = { at: AT, change: 'added' } as const;
  const looks = [
    view(entry('mine', null)),
    view(entry('mine', null), entry('rogue', added)),
    view(entry('rogue', added)),
    view(entry('rogue', { at: AT.replace('03', '04'), change: 'changed' })),
  ];
  const link = {
    clients: { list: async () => looks.shift() },
    daemon: {
      changes: async () =>
        (async function* () {
          for (const topic of ['clients', 'audit', 'clients', 'clients']) yield { topic };
        })(),
    },
  } as unknown as DaemonLink;
  const told: string[] = [];
  await followClients(link, ({ title, body }) => void told.push(`${title}: ${body.split(' ')[0]}`));
  expect(told).toEqual(Array(2).fill('Cursor would start something unknown: rogue'));
});

test('what cannot be read now is told of later', async () => {
  const looks = [
    Promise.reject(new Error('locked')),
    Promise.resolve(view(entry('rogue', { at: AT, change: 'added' }))),
  ];
  const link = {
    clients: { list: () => looks.shift() },
    daemon: {
      changes: async () =>
        (async function* () {
          yield { topic: 'clients' };
        })(),
    },
  } as unknown as DaemonLink;
  let told = 0;
  await followClients(link, () => void told++);
  expect(told).toBe(1);
});
