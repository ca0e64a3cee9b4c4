import { expect, test } from 'vitest';
import { proofHashes } from '../../main/adapters/keychain/proofHashes.ts';
import type { AskView } from '../../main/contract/ask.ts';
import { provePasscode } from '../../main/contract/passcodeProof.ts';
import type { Door } from './door.ts';
import { proveFor } from './provePasscode.ts';

test('a page and a terminal prove the same passcode by the same bytes', async () => {
  const challenge = { salt: btoa('s'.repeat(32)), nonce: btoa('n'.repeat(32)) };
  const ask = { id: 'ask', hash: 'what it shows' } as AskView;
  const door = { asks: { challenge: async () => challenge } } as unknown as Door;
  const passcode = 'Grüße, correct horse';
  expect(await proveFor(door, ask, passcode)).toEqual(await provePasscode(proofHashes, passcode, challenge, ask));
});
