import { createHash } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { nodeCrypto } from '../../adapters/keychain/crypto.ts';
import { proofHashes } from '../../adapters/keychain/proofHashes.ts';
import { type Bound, maskedKey, type ProofHashes, provePasscode } from '../../contract/passcodeProof.ts';
import { ManualClock } from '../manualClock.ts';
import { openDeviceKeys } from './deviceKeys.ts';
import { memoryKeystore } from './memoryKeystore.ts';
import { lockDelay, openPasscode } from './passcode.ts';
import type { DeviceKeys, KeyCrypto, Passcode, WitnessFile } from './ports.ts';

const GOOD = 'correct horse';
const BAD = 'wrong horse!';
/** In place of scrypt, which the keychain's own tests run: these guess hundreds of times. */
const hashes: ProofHashes = {
  ...proofHashes,
  scrypt: async (passcode, salt) => createHash('sha256').update(passcode).update(salt).digest(),
};
const crypto: KeyCrypto = nodeCrypto;

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
const start = () => openPasscode({ keystore, keys, crypto, hashes, clock, witness });
let asks = 0;
const nextAsk = (): Bound => ({ id: `ask ${++asks}`, hash: 'what it shows' });
/** Proves as a terminal or a page does: for an ask of its own. */
async function tell(passcode: Passcode, said: string, bound = nextAsk()): Promise<void> {
  await passcode.prove(await provePasscode(hashes, said, passcode.challenge(bound.id), bound), bound);
}
const code = (attempt: Promise<void>) =>
  attempt.then(
    () => 'right',
    (error) => error.refusal.code,
  );
async function fail(times: number, passcode: Awaited<ReturnType<typeof start>>) {
  for (let at = 0; at < times; at++) expect(await code(tell(passcode, BAD))).toBe('PASSCODE_WRONG');
}
async function set() {
  const passcode = await start();
  await passcode.set(GOOD);
  return passcode;
}

test('missing, then set, then proved, also after a restart', async () => {
  const passcode = await start();
  expect([passcode.state(), await code(tell(passcode, GOOD))]).toEqual(['missing', 'PASSCODE_MISSING']);
  expect(await code(passcode.set('1234567'))).toBe('PASSCODE_WEAK');
  // Eight UTF-16 units, four characters.
  expect(await code(passcode.set('😀😀😀😀'))).toBe('PASSCODE_WEAK');
  await passcode.set(GOOD);
  expect([passcode.state(), await code(tell(passcode, GOOD)), await code(tell(passcode, BAD))]).toEqual([
    'set',
    'right',
    'PASSCODE_WRONG',
  ]);
  expect(await code(tell(await start(), GOOD))).toBe('right');
  expect(JSON.stringify([...keystore.values]) + file).not.toContain(GOOD);
});

test('five failures lock it, for longer each time, and only a right one starts afresh', async () => {
  const passcode = await set();
  await fail(5, passcode);
  expect([passcode.state(), await code(tell(passcode, GOOD))]).toEqual(['locked', 'PASSCODE_LOCKED']);
  clock.pass(29_999);
  expect(await code(tell(passcode, GOOD))).toBe('PASSCODE_LOCKED');
  clock.pass(1);
  expect(passcode.state()).toBe('set');
  await fail(1, passcode);
  clock.pass(59_999);
  expect(passcode.state()).toBe('locked');
  clock.pass(1);
  expect(await code(tell(passcode, GOOD))).toBe('right');
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
  expect(await code(tell(later, GOOD))).toBe('right');
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
    let write = witness.write;
    const dies = { ...witness, write: (text: string) => write(text) };
    const dying = await openPasscode({ keystore, keys, crypto, hashes, clock, witness: dies });
    // Ended when the count is in the keystore, before the guess is looked at.
    write = () => {
      resolve();
      return new Promise<void>(() => {});
    };
    void tell(dying, BAD);
    await reached;
  }
  expect((await start()).state()).toBe('locked');
});

test('guesses side by side are counted one by one', async () => {
  const passcode = await set();
  const codes = await Promise.all(Array.from({ length: 20 }, () => code(tell(passcode, BAD))));
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
  expect([later.state(), await code(tell(later, GOOD))]).toEqual(['locked', 'PASSCODE_LOCKED']);
});

test('an older passcode put back is void, not valid', async () => {
  const passcode = await set();
  const old = keystore.values.get('passcode') as string;
  await passcode.set('battery staple');
  keystore.values.set('passcode', old);
  const later = await start();
  expect([later.state(), await code(tell(later, GOOD))]).toEqual(['void', 'PASSCODE_MISSING']);
});

test('a hash changed, replaced or removed from outside is void, while the daemon runs and after, until a new one is set', async () => {
  const other = await openDeviceKeys(memoryKeystore(), crypto);
  const foreign = memoryKeystore();
  const none = { read: async () => null, write: async () => {} };
  await (await openPasscode({ keystore: foreign, keys: other, crypto, hashes, clock, witness: none })).set(
    'attacker’s own',
  );

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
    expect([await code(tell(passcode, GOOD)), passcode.state()]).toEqual(['PASSCODE_MISSING', 'void']);
    const later = await start();
    expect([later.state(), await code(tell(later, GOOD)), await code(tell(later, 'attacker’s own'))]).toEqual([
      'void',
      'PASSCODE_MISSING',
      'PASSCODE_MISSING',
    ]);
    await later.set(GOOD);
    expect([later.state(), await code(tell(later, GOOD))]).toEqual(['set', 'right']);
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
    hashes,
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
    hashes,
    clock,
    witness,
  });
  await expect(tell(passcode, GOOD)).rejects.toThrow('full');
});

test('a proof is good for one ask, what it shows, and once', async () => {
  const passcode = await set();
  const bound = nextAsk();
  const proof = await provePasscode(hashes, GOOD, passcode.challenge(bound.id), bound);
  // For another ask, or for the same one with something else in it.
  const other = nextAsk();
  passcode.challenge(other.id);
  expect(await code(passcode.prove(proof, other))).toBe('PASSCODE_WRONG');
  expect(await code(passcode.prove(proof, { ...bound, hash: 'something else' }))).toBe('PASSCODE_WRONG');
  // That attempt has used the nonce up.
  expect(await code(passcode.prove(proof, bound))).toBe('PASSCODE_WRONG');
  const fresh = await provePasscode(hashes, GOOD, passcode.challenge(bound.id), bound);
  expect(await code(passcode.prove(fresh, bound))).toBe('right');
  expect(await code(passcode.prove(fresh, bound))).toBe('PASSCODE_WRONG');
});

test('what is stored proves nothing: neither the value itself nor anything made of it alone', async () => {
  const passcode = await set();
  const text = keystore.values.get('passcode') as string;
  const { stored } = JSON.parse(text.slice(text.indexOf(' ') + 1));
  const bound = nextAsk();
  const { nonce } = passcode.challenge(bound.id);
  const known = hashes.fromBase64(stored);
  const masked = hashes.toBase64(maskedKey(hashes, known, known, nonce, bound));
  expect(await code(passcode.prove({ nonce, proof: masked }, bound))).toBe('PASSCODE_WRONG');
});

test('the first one is chosen once: whoever was asked before there was one does not replace it', async () => {
  const passcode = await start();
  const chosen = [passcode.choose(GOOD), passcode.choose('battery staple')];
  expect((await Promise.allSettled(chosen)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(await code(passcode.choose('battery staple'))).toBe('ASK_CHANGED');
  expect(await code(tell(passcode, GOOD))).toBe('right');
});
