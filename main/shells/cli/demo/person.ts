import { setTimeout as pause } from 'node:timers/promises';
import { proofHashes } from '../../../adapters/keychain/proofHashes.ts';
import type { AskView } from '../../../contract/ask.ts';
import { provePasscode } from '../../../contract/passcodeProof.ts';
import type { Client } from '../shell.ts';

/** How the demo answers one ask. */
export interface Decision {
  readonly approve: boolean;
  readonly note?: string;
}

export interface PersonOptions {
  readonly approval: Client;
  /** Shows the ask, as a window would. */
  readonly show: (ask: AskView) => void;
  readonly decide: (ask: AskView) => Decision;
  readonly answered: (ask: AskView) => void;
  /** Milliseconds between seeing and answering. */
  readonly readingMs: number;
  /** Given with each yes where the daemon wants one. */
  readonly passcode: string;
}

/** Plays the person behind the approval window until `signal`: sees each ask, waits as long as reading takes, answers. */
export async function playPerson(options: PersonOptions, signal: AbortSignal): Promise<void> {
  const { approval, show, decide, answered, readingMs, passcode } = options;
  const changes = await approval.daemon.changes(undefined, { signal });
  const seen = new Set<string>();

  const prove = async (ask: AskView) =>
    provePasscode(proofHashes, passcode, await approval.asks.challenge({ id: ask.id }), ask);

  async function answerOpen() {
    for (const ask of await approval.asks.list({ open: true })) {
      if (seen.has(ask.id)) continue;
      seen.add(ask.id);
      show(ask);
      await approval.asks.shown({ id: ask.id });
      await pause(readingMs, undefined, { signal });
      const { approve, note } = decide(ask);
      answered(
        approve
          ? await approval.asks.answer({
              id: ask.id,
              hash: ask.hash,
              approve,
              ...(ask.because !== null ? { proof: await prove(ask) } : {}),
            })
          : await approval.asks.deny({ id: ask.id, ...(note === undefined ? {} : { note }) }),
      );
    }
  }

  try {
    await answerOpen();
    for await (const { topic } of changes) if (topic === 'asks') await answerOpen();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
