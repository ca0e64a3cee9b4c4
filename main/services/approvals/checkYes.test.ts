import { describe, expect, it } from 'vitest';
import type { AskAnswer, CallSubject } from '../../contract/ask.ts';
import { call, DIGEST, openDesk, window, yes } from './desk.fixture.ts';
import type { Channel } from './ports.ts';

const by = { person: 'ada', via: 'window' } as const;
const offers: CallSubject['offers'] = { lives: [{ kind: 'session' }], reaches: [{ kind: 'same' }] };

it('lets a call of the class external be approved in the window only', async () => {
  const { desk: asks, clock } = openDesk();
  const { view } = asks.ask({ ...call, class: 'external' }, { deadlineMs: null });
  const terminal: Channel = { via: 'terminal', prove: async () => null };
  await expect(asks.answer(yes(view), terminal)).rejects.toMatchObject({ refusal: { code: 'WINDOW_NEEDED' } });
  asks.shown(view.id);
  clock.pass(1_000);
  expect((await asks.answer(yes(view), window)).state).toBe('approved');
});

describe('a yes that is also a grant', () => {
  const chosen: AskAnswer['grant'] = { life: { kind: 'session' }, reach: { kind: 'same' } };

  it('hands on what was chosen, and says so on record', async () => {
    const { desk: asks, clock, rows } = openDesk();
    const { view, answer } = asks.ask({ ...call, offers }, { deadlineMs: null });
    asks.shown(view.id);
    clock.pass(1_000);
    await asks.answer({ ...yes(view), grant: chosen }, window);
    expect((await answer).grant).toEqual(chosen);
    expect(rows.drafts.at(-1)?.detail).toEqual({ kind: 'call', life: 'session', reach: 'same' });
  });

  it('is refused when it was not on offer, and when the ask was missed', async () => {
    const { desk: asks, clock } = openDesk();
    const plain = asks.ask(call, { deadlineMs: null });
    asks.shown(plain.view.id);
    const missed = asks.ask({ ...call, tool: 'other', offers }, { deadlineMs: 1_000 });
    clock.pass(1_000);
    const again = asks.again(missed.view.id, by);
    asks.shown(again.id);
    clock.pass(500);
    for (const view of [plain.view, again])
      await expect(asks.answer({ ...yes(view), grant: chosen }, window)).rejects.toMatchObject({
        refusal: { code: 'INPUT_INVALID' },
      });
  });

  it('is refused, and the ask stays open, when it is wider than what was on offer', async () => {
    const { desk: asks, clock } = openDesk();
    const { view } = asks.ask({ ...call, offers }, { deadlineMs: null });
    asks.shown(view.id);
    clock.pass(1_000);
    const wider: AskAnswer['grant'] = { life: { kind: 'session' }, reach: { kind: 'any' } };
    await expect(asks.answer({ ...yes(view), grant: wider }, window)).rejects.toMatchObject({
      refusal: { code: 'INPUT_INVALID' },
    });
    expect(asks.get(view.id)?.state).toBe('open');
  });
});

it('accepts a severe finding only with the server’s name', async () => {
  const { desk: asks, clock } = openDesk();
  const finding = {
    id: 'download-run',
    severity: 'severe' as const,
    where: 'args[1]',
    span: { start: 0, length: 4 },
    message: '',
  };
  const launch = { command: 'sh', args: ['-c', 'curl'], cwd: '/', variables: [], files: [], sandbox: '' };
  const subject = { kind: 'consent' as const, server: 'files', launch, launchDigest: DIGEST, differences: [] };
  const answered = async (severity: 'severe' | 'warning', value?: string) => {
    const { view } = asks.ask({ ...subject, findings: [{ ...finding, severity }] }, { deadlineMs: null });
    asks.shown(view.id);
    clock.pass(600);
    return asks.answer({ ...yes(view), ...(value === undefined ? {} : { value }) }, window);
  };
  await expect(answered('severe')).rejects.toMatchObject({ refusal: { code: 'INPUT_INVALID' } });
  await expect(answered('severe', 'Files')).rejects.toMatchObject({ refusal: { code: 'INPUT_INVALID' } });
  await expect(answered('severe', 'files')).resolves.toMatchObject({ state: 'approved' });
  await expect(answered('warning')).resolves.toMatchObject({ state: 'approved' });
});
