import { expect, test } from 'vitest';
import { nodeCrypto } from '../../adapters/keychain/crypto.ts';
import { promptMark } from '../../contract/mark.ts';
import { memoryKeystore } from './memoryKeystore.ts';
import { openPromptMark } from './promptMark.ts';

test('it is made once and stays, and another installation has another one', async () => {
  const keystore = memoryKeystore();
  const mark = await openPromptMark(keystore, nodeCrypto);
  expect(promptMark.parse(mark)).toEqual(mark);
  expect(await openPromptMark(keystore, nodeCrypto)).toEqual(mark);
  expect(await openPromptMark(memoryKeystore(), nodeCrypto)).not.toEqual(mark);
});

test('every word is there for every byte', async () => {
  const marks = await Promise.all(
    Array.from({ length: 64 }, (_, at) => {
      const bytes = Buffer.alloc(32, at);
      return openPromptMark(memoryKeystore(new Map([['prompt-mark', bytes.toString('base64')]])), nodeCrypto);
    }),
  );
  expect(new Set(marks.map(({ words }) => words[0])).size).toBe(64);
  expect(new Set(marks.map(({ words }) => words[1])).size).toBe(64);
});

test('one that was altered is made anew', async () => {
  const keystore = memoryKeystore(new Map([['prompt-mark', 'nonsense']]));
  const mark = await openPromptMark(keystore, nodeCrypto);
  expect(await openPromptMark(keystore, nodeCrypto)).toEqual(mark);
});
