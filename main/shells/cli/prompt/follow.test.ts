import { expect, test } from 'vitest';
import { proofHashes } from '../../../adapters/keychain/proofHashes.ts';
import type { AskView } from '../../../contract/ask.ts';
import { provePasscode } from '../../../contract/passcodeProof.ts';
import type { DaemonStatus } from '../../../contract/status.ts';
import { CHALLENGE, consentAsk, HASH, ID, review, status } from '../samples.fixture.ts';
import { onStage, type Stage } from '../stage.ts';

const consenting = (mode: DaemonStatus['mode'], end: AskView, more: object = {}): Stage['api'] => ({
  ...status(mode),
  servers: { review: async () => review(), consent: async () => ({ ask: ID }), sharedChanges: async () => [] },
  asks: {
    get: async () => consentAsk,
    wait: async () => end,
    shown: async () => ({}),
    challenge: async () => CHALLENGE,
    ...more,
  },
});

test('with the app open the command waits for the window', async () => {
  const api = consenting('app', { ...consentAsk, state: 'approved', by: 'ada' });
  const { code, out, error } = await onStage({ api }, 'consent', 'files');
  expect(code).toBe(0);
  expect(error).toContain('asked in the Countersign window');
  expect(out).toContain('Approved by ada.');
});

test('a denial is exit 1, with the note', async () => {
  const api = consenting('app', { ...consentAsk, state: 'denied', by: 'ada', note: 'not this one' });
  const { code, out } = await onStage({ api }, 'consent', 'files');
  expect(code).toBe(1);
  expect(out).toContain('Denied by ada: not this one');
});

test('--no-wait leaves it open', async () => {
  const { code, out } = await onStage(
    { api: consenting('app', consentAsk) },
    'consent',
    'files',
    '--no-wait',
    '--json',
  );
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ id: ID, state: 'open' });
});

test('Ctrl-C leaves it open', async () => {
  const interruption = new AbortController();
  const wait = () => {
    interruption.abort();
    return Promise.reject(interruption.signal.reason);
  };
  const { code } = await onStage(
    { api: consenting('app', consentAsk, { wait }), interrupted: interruption.signal },
    'consent',
    'files',
  );
  expect(code).toBe(130);
});

test('in headless mode a person answers on the terminal, with the passcode', async () => {
  let given: unknown;
  const answer = async (input: unknown) => {
    given = input;
    return { ...consentAsk, state: 'approved' as const };
  };
  const { code, screen, questions } = await onStage(
    { api: consenting('headless', consentAsk, { answer }), types: ['open sesame'] },
    'consent',
    'files',
  );
  expect(code).toBe(0);
  expect(screen).toContain('pay⟨U+202E⟩load');
  expect(questions).toHaveLength(1);
  const proof = await provePasscode(proofHashes, 'open sesame', CHALLENGE, { id: ID, hash: HASH });
  expect(given).toMatchObject({ id: ID, hash: HASH, approve: true, proof });
  expect(JSON.stringify(given)).not.toContain('sesame');
});

test('Enter alone leaves it open', async () => {
  const { code } = await onStage({ api: consenting('headless', consentAsk), types: [''] }, 'consent', 'files');
  expect(code).toBe(3);
});
