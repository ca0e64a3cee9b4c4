import type { ClientContext, ClientLink } from '@orpc/client';
import { expect, test } from 'vitest';
import type { LinkState } from './link.ts';
import { LinkEnded, reconnecting, type Transport } from './reconnecting.ts';

function transport(name: string): { transport: Transport; end: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const link: ClientLink<ClientContext> = { call: async () => name };
  return { transport: { link, closed: promise }, end: resolve };
}

function seen(link: { onState(listener: (state: LinkState) => void): () => void }, wanted: LinkState): Promise<void> {
  return new Promise((resolve) => link.onState((state) => state === wanted && resolve()));
}

test('calls go to the connection there is; when it ends the next one takes over', async () => {
  const [first, second] = [transport('first'), transport('second')];
  const connections = [first, second];
  const link = reconnecting('browser', async () => connections.shift()?.transport ?? Promise.reject(new Error('none')));
  expect(await link.client.daemon.status()).toBe('first');
  const lost = seen(link, 'lost');
  first.end();
  await lost;
  const waiting = link.client.daemon.status();
  link.retry();
  expect(await waiting).toBe('second');
});

test('a failed attempt is tried again', async () => {
  let attempts = 0;
  const good = transport('good');
  const link = reconnecting('window', async () => {
    attempts += 1;
    if (attempts === 1) throw new Error('not there yet');
    return good.transport;
  });
  expect(await link.client.daemon.status()).toBe('good');
  expect(link.state()).toBe('open');
});

test('when no attempt can succeed it says so and stops', async () => {
  const link = reconnecting('browser', async () => {
    throw new LinkEnded('used');
  });
  await seen(link, 'ended');
  await expect(link.client.daemon.status()).rejects.toThrow('used');
});
