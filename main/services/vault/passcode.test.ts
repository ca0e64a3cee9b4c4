import { createHash } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { nodeCrypto } from '../../adapters/keychain/crypto.ts';
import { ManualClock } from '../manualClock.ts';
import { openDeviceKeys } from './deviceKeys.ts';
import { memoryKeystore } from './memoryKeystore.ts';
import { lockDelay, openPasscode } from './passcode.ts';
import type { DeviceKeys, KeyCrypto, WitnessFile } from './ports.ts';

const GOOD = 'correct horse';
const BAD = 'wrong horse!';
/** In place of scrypt, which the keychain's own tests run: these guess hundreds of times. */
const crypto: KeyCrypto = {
  ...nodeCrypto,
  scrypt: async (passcode, salt) =>
    createHash('sha256')
      .update(passcode.normalize('NFC') + salt)
      .digest('base64'),
};

let keystore: ReturnType<typeof memoryKeystore>;
let keys: DeviceKeys;
let clock: ManualClock;
let file: string | null;
beforeEach(async () => {
  keystore = memoryKeystore();
  keys = await openDeviceKeys(keystore, crypto);
  clock = new ManualClock();
  file = null;
});

const witness: WitnessFile = {
  read: async () => file,
  write: async (text) => {
    file = text;
  },
};

/** As a daemon does it at each start. */
const start = () => openPasscode({ keystore, keys, crypto, clock, witness });
const code = (attempt: Promise<void>) =>
  attempt.then(
    () => 'right',
    (error) => error.refusal.code,
  );
async function fail(times: number, passcode: Awaited<ReturnType<typeof start>>) {
  for (let at = 0; at < times; at++) expect(await code(passcode.prove(BAD))).toBe('PASSCODE_WRONG');
}
async function set() {
  const passcode = await start();
  await passcode.set(GOOD);
  return passcode;
}

test('missing, then set, then proved, also after a restart', async () => {
  const passcode = await start();
  expect([passcode.state(), await code(passcode.prove(GOOD))]).toEqual(['missing', 'PASSCODE_MISSING']);
  expect(await code(passcode.set('1234567'))).toBe('PASSCODE_WEAK');
  // Eight UTF-16 units, four characters.
  expect(await code(passcode.set('😀😀😀😀'))).toBe('PASSCODE_WEAK');
  await passcode.set(GOOD);
  expect([passcode.state(), await code(passcode.prove(GOOD)), await code(passcode.prove(BAD))]).toEqual([
    'set',
    'right',
    'PASSCODE_WRONG',
  ]);
  expect(await code((await start()).prove(GOOD))).toBe('right');
  expect(JSON.stringify([...keystore.values]) + file).not.toContain(GOOD);
});

test('five failures lock it, for longer each time, and only a right one starts afresh', async () => {
  const passcode = await set();
  await fail(5, passcode);
  expect([passcode.state(), await code(passcode.prove(GOOD))]).toEqual(['locked', 'PASSCODE_LOCKED']);
  clock.pass(29_999);
  expect(await code(passcode.prove(GOOD))).toBe('PASSCODE_LOCKED');
  clock.pass(1);
  expect(passcode.state()).toBe('set');
  await fail(1, passcode);
  clock.pass(59_999);
  expect(passcode.state()).toBe('locked');
  clock.pass(1);
  expect(await code(passcode.prove(GOOD))).toBe('right');
  await fail(4, passcode);
  expect(passcode.state()).toBe('set');
});

test('delays double from half a minute to an hour', () => {
  expect([4, 5, 6, 7, 11, 12, 99].map(lockDelay)).toEqual([
    0, 30_000, 60_000, 120_000, 1_920_000, 3_600_000, 3_600_000,
  ]);
});

test('a lock survives a restart, and is not lengthened by one', async () => {
  await fail(5, await set());
  clock.pass(10_000);
  const later = await start();
  expect(later.state()).toBe('locked');
  clock.pass(20_000);
  expect(await code(later.prove(GOOD))).toBe('right');
});

test('failures add up over restarts', async () => {
  await set();
  for (let at = 0; at < 5; at++) await fail(1, await start());
  expect((await start()).state()).toBe('locked');
});

test('a guess that is never finished counts all the same', async () => {
  await set();
  for (let at = 0; at < 5; at++) {
    const { promise: reached, resolve } = Promise.withResolvers<void>();
    const scrypt = () => {
      resolve();
      return new Promise<string>(() => {});
    };
    const killed = { ...crypto, scrypt };
    const dying = await openPasscode({ keystore, keys, crypto: killed, clock, witness });
    void dying.prove(BAD);
    await reached;
  }
  expect((await start()).state()).toBe('locked');
});

test('guesses side by side are counted one by one', async () => {
  const passcode = await set();
  const codes = await Promise.all(Array.from({ length: 20 }, () => code(passcode.prove(BAD))));
  expect(codes.filter((one) => one === 'PASSCODE_WRONG')).toHaveLength(5);
  expect(codes.filter((one) => one === 'PASSCODE_LOCKED')).toHaveLength(15);
});

test('removing, breaking or putting back the witness unlocks nothing', async () => {
  const passcode = await set();
  const fresh = file;
  await fail(5, passcode);
  for (const content of [null, '', 'nonsense', fresh]) {
    file = content;
    expect((await start()).state()).toBe('locked');
  }
});

test('putting back the keystore’s value does not take failures back', async () => {
  const passcode = await set();
  const before = keystore.values.get('passcode') as string;
  await fail(5, passcode);
  keystore.values.set('passcode', before);
  const later = await start();
  expect([later.state(), await code(later.prove(GOOD))]).toEqual(['locked', 'PASSCODE_LOCKED']);
});

test('an older passcode put back is void, not valid', async () => {
  const passcode = await set();
  const old = keystore.values.get('passcode') as string;
  await passcode.set('battery staple');
  keystore.values.set('passcode', old);
  const later = await start();
  expect([later.state(), await code(later.prove(GOOD))]).toEqual(['void', 'PASSCODE_MISSING']);
});

test('a hash changed, replaced or removed from outside is void, while the daemon runs and after, until a new one is set', async () => {
  const other = await openDeviceKeys(memoryKeystore(), crypto);
  const foreign = memoryKeystore();
  const none = { read: async () => null, write: async () => {} };
  await (await openPasscode({ keystore: foreign, keys: other, crypto, clock, witness: none })).set('attacker’s own');

  for (const change of [
    () => keystore.values.set('passcode', foreign.values.get('passcode') as string),
    () => keystore.values.set('passcode', 'nonsense'),
    () =>
      keystore.values.set(
        'passcode',
        (keystore.values.get('passcode') as string).replace('"failures":0', '"failures":1'),
      ),
    () => keystore.values.delete('passcode'),
  ]) {
    const passcode = await set();
    change();
    expect([await code(passcode.prove(GOOD)), passcode.state()]).toEqual(['PASSCODE_MISSING', 'void']);
    const later = await start();
    expect([later.state(), await code(later.prove(GOOD)), await code(later.prove('attacker’s own'))]).toEqual([
      'void',
      'PASSCODE_MISSING',
      'PASSCODE_MISSING',
    ]);
    await later.set(GOOD);
    expect([later.state(), await code(later.prove(GOOD))]).toEqual(['set', 'right']);
  }
});

test('what one key sealed as witness does not pass for the keystore’s value', async () => {
  await set();
  keystore.values.set('passcode', file as string);
  expect((await start()).state()).toBe('void');
});

test('a wall clock set back locks for no longer than the failures are worth', async () => {
  await fail(5, await set());
  const back = new ManualClock();
  const earlier = {
    now: () => '2020-01-01T00:00:00.000000Z',
    later: () => '',
    monotonic: () => back.monotonic(),
    after: () => () => {},
  };
  const passcode = await openPasscode({
    keystore,
    keys,
    crypto,
    clock: earlier,
    witness,
  });
  expect(passcode.state()).toBe('locked');
  back.pass(30_000);
  expect(passcode.state()).toBe('set');
});

test('a keystore that cannot be written lets nobody guess', async () => {
  await set();
  const broken = { ...keystore, set: async () => Promise.reject(new Error('full')) };
  const passcode = await openPasscode({
    keystore: broken,
    keys,
    crypto,
    clock,
    witness,
  });
  await expect(passcode.prove(GOOD)).rejects.toThrow('full');
});
