import { expect, it } from 'vitest';
import { ManualClock } from '../manualClock.ts';
import { ProposalFlood } from './proposalFlood.ts';

function setting() {
  const clock = new ManualClock();
  const open = new Set<string>();
  const flood = new ProposalFlood(clock, (ask) => open.has(ask));
  let asks = 0;
  const propose = () => {
    flood.admit();
    const ask = String(++asks);
    open.add(ask);
    flood.made(ask);
    return ask;
  };
  return { clock, open, propose };
}
const throttled = /nobody is asked again/;

it('lets forty wait, and no more however long they do, until one was answered', () => {
  const { clock, open, propose } = setting();
  for (let made = 0; made < 40; made += 1) propose();
  expect(propose).toThrow(throttled);
  clock.pass(600_000);
  expect(propose).toThrow(throttled);
  open.delete('1');
  propose();
});

it('lets sixty be made a minute, though each is withdrawn at once', () => {
  const { clock, open, propose } = setting();
  for (let made = 0; made < 60; made += 1) open.delete(propose());
  expect(propose).toThrow(throttled);
  clock.pass(60_000);
  propose();
});
