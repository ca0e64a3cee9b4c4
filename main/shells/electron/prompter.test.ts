import { expect, test } from 'vitest';
import type { AskView } from '../../contract/ask.ts';
import type { DaemonLink } from './forwardRouter.ts';
import { Prompter } from './prompter.ts';

const ask = (id: string, via: AskView['via'] = null) => ({ id, via }) as AskView;

/** A prompter on a daemon of which the test holds the asks. */
function prompting({ attended = false } = {}) {
  const shown: string[] = [];
  const denied: string[] = [];
  const told = Promise.withResolvers<void>();
  let waiting = told;
  const state = { asks: [] as AskView[], keystore: 'ready', switches: [] as { scope: { kind: string } }[] };
  const counted: [open: number, stopped: boolean][] = [];
  const link = {
    daemon: {
      status: async () => ({ keystore: { state: state.keystore } }),
      changes: async () =>
        (async function* () {
          for (;;) {
            await waiting.promise;
            waiting = Promise.withResolvers();
            yield { topic: 'asks' };
          }
        })(),
    },
    switches: { list: async () => state.switches },
    asks: {
      list: async () => state.asks,
      deny: async ({ id, note }: { id: string; note: string }) => denied.push(`${id}: ${note}`),
    },
  } as unknown as DaemonLink;
  let settled = Promise.withResolvers<void>();
  const prompter = new Prompter({
    show: (focus) => shown.push(focus ? 'shown with focus' : 'shown'),
    hide: () => shown.push('hidden'),
    notify: ({ id }, waiting, open) => {
      shown.push(`notified of ${id}, ${waiting} open`);
      if (id === 'clicked') open();
      return () => shown.push(`took back ${id}`);
    },
    count: (open, stopped) => {
      counted.push([open, stopped]);
      settled.resolve();
    },
    attended: () => attended,
  });
  const first = settled.promise;
  void prompter.follow(link);
  return {
    prompter,
    denied,
    counted,
    /** What is switched off from the next look on. */
    switches: state.switches,
    /** Sets what is open and resolves with what was done about it. */
    async open(...asks: AskView[]) {
      await first;
      await new Promise((resolve) => setImmediate(resolve));
      shown.length = 0;
      state.asks = asks;
      settled = Promise.withResolvers();
      waiting.resolve();
      await settled.promise;
      return shown.splice(0);
    },
  };
}

test('an ask of an agent comes into sight without taking the keyboard, and is announced once', async () => {
  const { open } = prompting({ attended: true });
  expect(await open(ask('a'))).toEqual(['shown', 'notified of a, 1 open']);
  expect(await open(ask('a'))).toEqual(['shown']);
  expect(await open()).toEqual(['hidden', 'took back a']);
});

test('however many wait, one notification stands, and none for an ask that is over', async () => {
  const { open } = prompting();
  expect(await open(ask('a'), ask('b'))).toEqual(['shown', 'notified of b, 2 open']);
  expect(await open(ask('a'), ask('b'), ask('c'))).toEqual(['shown', 'took back b', 'notified of c, 3 open']);
  expect(await open(ask('a'), ask('c'))).toEqual(['shown']);
  expect(await open(ask('a'))).toEqual(['shown', 'took back c']);
});

test('what the person started in our own window takes the keyboard; what a program proposes does not, wherever they look', async () => {
  expect(await prompting({ attended: true }).open(ask('mine', 'window'))).toContain('shown with focus');
  expect(await prompting({ attended: false }).open(ask('mine', 'window'))).toContain('shown');
  expect(await prompting({ attended: true }).open(ask('theirs', 'control'))).toContain('shown');
});

test('a click on the notification opens the window and answers nothing', async () => {
  const { open, denied } = prompting();
  expect(await open(ask('clicked'))).toEqual(['shown', 'notified of clicked, 1 open', 'shown with focus']);
  expect(denied).toEqual([]);
});

test('closing denies the ask in sight, not the others', async () => {
  const { prompter, open, denied } = prompting();
  await open(ask('a'), ask('b'));
  prompter.inSight('b');
  await prompter.dismiss('The approval window was closed.');
  expect(denied).toEqual(['b: The approval window was closed.']);
});

test('the tray is told how many wait, and that everything is stopped', async () => {
  const { open, switches, counted } = prompting();
  await open(ask('a'), ask('b'));
  expect(counted.at(-1)).toEqual([2, false]);
  switches.push({ scope: { kind: 'tool' } });
  await open();
  expect(counted.at(-1)).toEqual([0, false]);
  switches.push({ scope: { kind: 'all' } });
  await open();
  expect(counted.at(-1)).toEqual([0, true]);
});
