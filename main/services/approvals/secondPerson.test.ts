import { beforeEach, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../adapters/keychain/crypto.ts';
import { signatures } from '../../adapters/keychain/signatures.ts';
import type { AskView } from '../../contract/ask.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { readBlock, signedBytes, writeBlock } from '../../core/second/block.ts';
import { ManualClock } from '../manualClock.ts';
import { openDeviceKeys } from '../vault/deviceKeys.ts';
import { memoryKeystore } from '../vault/memoryKeystore.ts';
import type { DeviceKeys } from '../vault/ports.ts';
import type { AskDesk } from './approvals.ts';
import { ApproverBook } from './approvers.ts';
import { call, type DeskSetting, hash, openDesk, window, yes } from './desk.fixture.ts';
import { SecondPerson } from './secondPerson.ts';

interface Device extends DeskSetting {
  readonly keys: DeviceKeys;
  readonly book: ApproverBook;
  readonly second: SecondPerson;
}

let clock: ManualClock;
let ada: Device;
let grace: Device;

async function device(person: string): Promise<Device> {
  const setting = openDesk(person, clock);
  const keys = await openDeviceKeys(memoryKeystore(), nodeCrypto);
  const key = Buffer.from(keys.publicKey).toString('base64');
  const self = { name: `${person} here`, key, fingerprint: signatures.fingerprint(key) ?? '' };
  const book = new ApproverBook({ rows: setting.rows, clock, signatures, self });
  const second = new SecondPerson({ book, keys, signatures, hash, clock });
  return Object.assign(setting, { keys, book, second });
}

beforeEach(async () => {
  clock = new ManualClock();
  ada = await device('ada');
  grace = await device('grace');
  ada.book.add(grace.book.self, { person: 'ada', via: 'window' });
});

/** Ada's client asks, and Ada says yes. */
async function first(subject = call): Promise<{ view: AskView; answer: ReturnType<AskDesk['ask']>['answer'] }> {
  const { view, answer } = ada.desk.ask(subject, { deadlineMs: 45_000, approvals: 2 });
  return { view: await saysYes(view), answer };
}

/** Ada reads it and says yes. */
function saysYes(view: AskView): Promise<AskView> {
  ada.desk.shown(view.id);
  clock.pass(500);
  return ada.desk.answer(yes(view), window);
}

/** What Grace signs when she is shown the request. */
function answered(request: string, by = grace): string {
  const { request: shown } = by.second.consider(request);
  by.second.sign('here', shown, 'grace');
  return by.second.signed('here') ?? '';
}

function give(text: string, to = ada): AskView {
  const { answer, by } = to.second.check(text);
  return to.desk.second(answer, by);
}

/** The refusal's code and particular. */
function why(attempt: () => unknown): [ErrorCode, string | undefined] {
  try {
    attempt();
  } catch (error) {
    const { code, detail } = (error as { refusal: { code: ErrorCode; detail?: string } }).refusal;
    return [code, detail];
  }
  throw new Error('It was let through.');
}

describe('two people', () => {
  it('are needed: the first yes alone approves nothing, the second one does, and both are on record', async () => {
    const { view, answer } = await first();
    expect(view).toMatchObject({ state: 'second', first: { person: 'ada' } });
    expect(ada.desk.list(true)).toEqual([]);
    const done = give(answered(ada.second.request(view, 'one')));
    expect(done).toMatchObject({ state: 'approved', by: 'grace', first: { person: 'ada' } });
    expect(await answer).toMatchObject({
      approved: true,
      person: 'ada',
      second: { person: 'grace', device: 'grace here' },
    });
    const answers = ada.rows.drafts.filter(({ type }) => type === 'answered');
    expect(answers).toMatchObject([
      { event: 'approved-first', person: 'ada', via: 'window' },
      { event: 'approved', person: 'grace', via: 'countersignature', detail: { first: 'ada', device: 'grace here' } },
    ]);
  });

  it('may take longer than the client waits: exactly that call goes through later, once', async () => {
    const { view, answer } = await first();
    clock.pass(45_000);
    expect(await answer).toMatchObject({ approved: false, state: 'second' });
    expect(why(() => ada.desk.ask(call, { deadlineMs: 45_000, approvals: 2 }))[0]).toBe('SECOND_PENDING');
    give(answered(ada.second.request(view, 'one')));
    expect(ada.desk.late.take({ ...call, bytesDigest: hash(Uint8Array.of(1)) }, 2)).toBeNull();
    expect(ada.desk.late.take(call, 2)).toMatchObject({ person: 'ada', second: { person: 'grace' } });
    expect(ada.desk.late.take(call, 2)).toBeNull();
  });

  it('are not met by one person who was late', async () => {
    const { view, answer } = ada.desk.ask(call, { deadlineMs: 1_000 });
    clock.pass(1_000);
    await answer;
    await saysYes(ada.desk.again(view.id, { person: 'ada', via: 'window' }));
    expect(ada.desk.late.take(call, 2)).toBeNull();
  });

  it('may both be late: what nobody answered in time is asked again, and waits for the second one', async () => {
    const { view, answer } = ada.desk.ask(call, { deadlineMs: 1_000, approvals: 2 });
    clock.pass(1_000);
    await answer;
    const half = await saysYes(ada.desk.again(view.id, { person: 'ada', via: 'window' }));
    expect(half).toMatchObject({ state: 'second', approvals: 2 });
    give(answered(ada.second.request(half, 'one')));
    await Promise.resolve();
    expect(ada.desk.late.take(call, 2)).toMatchObject({ person: 'ada', second: { person: 'grace' } });
  });

  it('are waited for no longer than the session lasts, even when its client no longer waits', async () => {
    const { view } = await first();
    clock.pass(45_000);
    const text = answered(ada.second.request(view, 'one'));
    ada.desk.sessionOver(call.session);
    expect(ada.desk.get(view.id)).toMatchObject({ state: 'withdrawn', note: 'Its session is over.' });
    expect(why(() => give(text))[0]).toBe('ASK_GONE');
    expect(ada.desk.late.take(call, 2)).toBeNull();
  });

  it('both agree under one policy: when it changes in between, the call is asked about anew', async () => {
    await first();
    clock.pass(45_000);
    ada.policy = 'two';
    ada.desk.policyChanged();
    expect(ada.desk.ask(call, { deadlineMs: 45_000, approvals: 2 }).view.state).toBe('open');
  });

  it('end with a no of the first one, with time, and when nobody can answer any more', async () => {
    const denied = await first();
    ada.desk.deny(denied.view.id, 'changed my mind', 'window');
    expect(await denied.answer).toMatchObject({ approved: false, state: 'denied', note: 'changed my mind' });
    const late = await first();
    clock.pass(30 * 60_000);
    expect(ada.desk.get(late.view.id)).toMatchObject({ state: 'timed-out' });
    const orphan = await first();
    ada.desk.withdrawAll();
    expect(await orphan.answer).toMatchObject({ approved: false, state: 'withdrawn' });
  });
});

describe('an answer', () => {
  it('counts once', async () => {
    const { view } = await first();
    const text = answered(ada.second.request(view, 'one'));
    give(text);
    expect(why(() => give(text))[0]).toBe('ASK_GONE');
  });

  it('does not count from this device itself, nor from one that is not enrolled (any more)', async () => {
    const { view } = await first();
    const request = ada.second.request(view, 'one');
    expect(why(() => answered(request, ada))).toEqual(['COUNTERSIGNATURE_INVALID', expect.stringContaining('itself')]);
    const { json } = readBlock('answer', answered(request)) ?? { json: '' };
    const own = json.replace(/"key":"[^"]+"/, `"key":"${ada.book.self.key}"`);
    const forged = writeBlock('answer', own, ada.keys.sign(signedBytes('answer', own)));
    expect(why(() => give(forged))[1]).toContain('this device signed it itself');
    const eve = await device('eve');
    expect(why(() => give(answered(request, eve)))[1]).toContain('not enrolled');
    ada.book.remove(grace.book.self.fingerprint, { person: 'ada', via: 'control' });
    expect(why(() => give(answered(request)))[1]).toContain('not enrolled');
    expect(ada.desk.get(view.id)).toMatchObject({ state: 'second' });
  });

  it('does not count for another question, nor for another policy', async () => {
    const one = await first();
    const two = await first({ ...call, tool: 'delete_file' });
    const [to, from] = [one.view, two.view].map((view) => answered(ada.second.request(view, 'one')));
    const swapped = readBlock('answer', from ?? '')?.json.replace(two.view.id, one.view.id) ?? '';
    const signed = writeBlock('answer', swapped, grace.keys.sign(signedBytes('answer', swapped)));
    expect(why(() => give(signed))).toEqual(['COUNTERSIGNATURE_INVALID', expect.stringContaining('another question')]);
    ada.policy = 'two';
    expect(why(() => give(to ?? ''))[0]).toBe('ASK_CHANGED');
  });

  it('does not count when it is late, or anything of it was changed', async () => {
    const { view } = await first();
    const text = answered(ada.second.request(view, 'one'));
    const { json, signature } = readBlock('answer', text) ?? { json: '', signature: new Uint8Array() };
    for (const changed of [
      json.replace('"grace"', '"alan"'),
      json.replace('"version":1', '"version":1,"x":1'),
      `${json} `,
    ]) {
      expect(why(() => give(writeBlock('answer', changed, signature)))[0]).toBe('COUNTERSIGNATURE_INVALID');
    }
    // A request is signed as a request: its signature makes no answer.
    const asRequest = writeBlock('answer', json, grace.keys.sign(signedBytes('request', json)));
    expect(why(() => give(asRequest))[1]).toContain('signature');
    clock.pass(30 * 60_000);
    expect(why(() => give(text))).toEqual(['COUNTERSIGNATURE_INVALID', expect.stringContaining('good until')]);
  });

  it('is not given when it cannot be recorded', async () => {
    const { view } = await first();
    const text = answered(ada.second.request(view, 'one'));
    ada.rows.full = true;
    expect(why(() => give(text))[0]).toBe('AUDIT_UNAVAILABLE');
    ada.rows.full = false;
    expect(give(text).state).toBe('approved');
  });
});

describe('a request', () => {
  it('is shown as it was made: another argument, another hash, another signer are found', async () => {
    const { view } = await first();
    const text = ada.second.request(view, 'one');
    expect(grace.second.consider(text)).toMatchObject({ enrolledAs: null, request: { person: 'ada', subject: call } });
    const { json, signature } = readBlock('request', text) ?? { json: '', signature: new Uint8Array() };
    const harmless = json.replace('/tmp/a', '/tmp/b');
    expect(why(() => grace.second.consider(writeBlock('request', harmless, signature)))[1]).toContain('signature');
    const resigned = writeBlock('request', harmless, ada.keys.sign(signedBytes('request', harmless)));
    expect(why(() => grace.second.consider(resigned))[1]).toContain('hash');
    clock.pass(30 * 60_000);
    expect(why(() => grace.second.consider(text))[1]).toContain('good until');
  });
});

describe('an approver', () => {
  it('is another device with a key in its one spelling, enrolled once', () => {
    const { key } = ada.book.self;
    expect(why(() => ada.book.fit('me', key))).toEqual(['APPROVER_UNFIT', expect.stringContaining('own key')]);
    expect(why(() => ada.book.fit('no key', 'AAAA'))[0]).toBe('APPROVER_UNFIT');
    const spelled = Buffer.from(key, 'base64').toString('base64url');
    if (spelled !== key) expect(why(() => ada.book.fit('me', spelled))[0]).toBe('APPROVER_UNFIT');
    expect(why(() => ada.book.fit('again', grace.book.self.key))[1]).toContain('already');
  });
});
