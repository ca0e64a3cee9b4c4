import type { PromptMark } from '../../contract/mark.ts';
import { fromBase64 } from '../../core/ledger/base64.ts';
import type { KeyCrypto, Keystore } from './ports.ts';

const ACCOUNT = 'prompt-mark';

/** 64 of each: easily told apart, seen and said. */
const FIRST =
  'amber ancient blue brave bright calm clever copper coral crisp curious dapper dusty early eager emerald fair fleet fond frosty gentle gilded golden grand green happy hazel honest humble indigo ivory jolly keen kind lively loyal lucky lunar mellow merry mild misty modest noble northern olive pale patient plain proud quick quiet red rosy royal rustic silver sleepy solar steady sunny swift violet warm'.split(
    ' ',
  );
const SECOND =
  'acorn anchor apple arrow badger beacon bell birch bison bridge candle canoe castle cedar clover comet compass crane daisy dolphin eagle ember falcon feather fern finch fox garden glacier harbor hare heron island ivy kettle kite lantern lark lemon lighthouse lynx maple meadow mill moon oak orchard otter owl pebble pine plum raven reed river robin sparrow spruce swan teapot thistle tulip walnut willow'.split(
    ' ',
  );

/**
 * This installation's mark, made on the first start. Kept with the keys, under its own account: only the approval window
 * reads it. One that cannot be read is made anew, and people see that it is another one.
 */
export async function openPromptMark(keystore: Keystore, crypto: Pick<KeyCrypto, 'random'>): Promise<PromptMark> {
  const kept = markOf(await keystore.get(ACCOUNT));
  if (kept) return kept;
  const fresh = crypto.random();
  await keystore.set(ACCOUNT, fresh);
  return markOf(fresh) as PromptMark;
}

function markOf(text: string | null): PromptMark | null {
  const bytes = text === null ? null : fromBase64(text);
  if (bytes?.length !== 32) return null;
  const [first = 0, second = 0, ...rest] = bytes;
  return { words: [FIRST[first % 64] ?? '', SECOND[second % 64] ?? ''], seed: rest.slice(0, 8) };
}
