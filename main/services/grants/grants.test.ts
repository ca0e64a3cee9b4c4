import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CallSubject } from '../../contract/ask.ts';
import type { GrantChoice } from '../../contract/grant.ts';
import type { FactNode } from '../../core/gate/facts.ts';
import { ManualClock } from '../manualClock.ts';
import { KeptRows } from '../tools/rows.fixture.ts';
import { GrantBook } from './grants.ts';

const digest = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const SESSION = '0198c0de-0000-7000-8000-000000000001';
const OTHER = '0198c0de-0000-7000-8000-000000000002';

/** A call of write_file as the gate shows it. */
function write(path: string, content = 'x', change: Partial<CallSubject> = {}): [CallSubject, FactNode] {
  const subject: CallSubject = {
    kind: 'call',
    session: SESSION,
    client: { name: 'test', version: '1', pid: 1, program: '/usr/bin/agent' },
    server: 'files',
    tool: 'write_file',
    class: 'write',
    effect: 'Write 1 byte.',
    arguments: [],
    bytesDigest: digest(JSON.stringify({ path, content })),
    definitionDigest: digest('definition'),
    launchDigest: digest('launch'),
    reasons: [],
    undo: '',
    rule: { id: 'default/ask', file: null, line: null },
    serverSays: null,
    ...change,
  };
  const member = (key: string, value: string) => ({ key, value: { kind: 'string' as const, value } });
  return [subject, { kind: 'object', members: [member('path', path), member('content', content)] }];
}

const by = { person: 'ada', via: 'control' } as const;
const SAME: GrantChoice = { life: { kind: 'session' }, reach: { kind: 'same' } };
const FOLDER: GrantChoice = { life: { kind: 'session' }, reach: { kind: 'folder', folder: '/srv/work' } };

function setting(rows = new KeptRows(), clock = new ManualClock()) {
  let next = 0;
  const links = new Map<string, string>();
  const book = new GrantBook({
    rows,
    clock,
    newId: () => `grant-${++next}`,
    hash: (bytes) => digest(new TextDecoder().decode(bytes)),
    realPath: async (path) => links.get(path) ?? path,
    home: '/home/ada',
  });
  const covered = async (...call: [CallSubject, FactNode]) => book.cover(await book.look(...call));
  const give = async (choice: GrantChoice, ...call: [CallSubject, FactNode]) =>
    book.give(await book.look(...call), choice, {
      reviewedAs: 'write',
      ask: OTHER,
      person: 'ada',
      via: 'window',
    });
  return { book, rows, clock, links, covered, give };
}

describe('a grant', () => {
  it('covers exactly the values it was given for, and says who gave it and why', async () => {
    const { covered, give } = setting();
    await give(SAME, ...write('/srv/work/a'));
    expect(await covered(...write('/srv/work/a'))).toMatchObject({ person: 'ada', effect: 'Write 1 byte.' });
    expect(await covered(...write('/srv/work/a', 'y'))).toBeNull();
    expect(await covered(...write('/srv/work/b'))).toBeNull();
  });

  it.each([
    ['server', { server: 'other' }],
    ['tool', { tool: 'edit_file' }],
    ['class', { class: 'external' }],
    ['consent', { launchDigest: digest('another launch') }],
    ['definition', { definitionDigest: digest('another definition') }],
    ['session', { session: OTHER }],
  ] as const)('does not cover another %s', async (_, change) => {
    const { covered, give } = setting();
    await give(SAME, ...write('/srv/work/a'));
    expect(await covered(...write('/srv/work/a', 'x', change as Partial<CallSubject>))).toBeNull();
  });

  it('for a folder covers any text in any file of it, and nothing outside, links followed', async () => {
    const { covered, give, links } = setting();
    await give(FOLDER, ...write('/srv/work/a'));
    expect(await covered(...write('/srv/work/deep/b', 'anything'))).not.toBeNull();
    expect(await covered(...write('/srv/work-too/b'))).toBeNull();
    links.set('/srv/work/link', '/etc/passwd');
    expect(await covered(...write('/srv/work/link'))).toBeNull();
    expect(await covered(...write('/srv/work/.ssh/config'))).toBeNull();
  });

  it('for a folder does not cover a call with another argument', async () => {
    const { covered, give } = setting();
    await give(FOLDER, ...write('/srv/work/a'));
    const [subject, args] = write('/srv/work/a');
    const more = { key: 'mode', value: { kind: 'number' as const, text: '511' } };
    const members = [...(args as Extract<FactNode, { kind: 'object' }>).members, more];
    expect(await covered(subject, { kind: 'object', members })).toBeNull();
  });

  it('for five more calls is spent by the fifth, each use on record with its call', async () => {
    const { book, covered, give, rows } = setting();
    await give({ life: { kind: 'uses', uses: 2 }, reach: { kind: 'same' } }, ...write('/srv/work/a'));
    for (const call of ['one', 'two']) book.use((await covered(...write('/srv/work/a')))?.id ?? '', call);
    expect(await covered(...write('/srv/work/a'))).toBeNull();
    expect(() => book.use('grant-1', 'three')).toThrow(/ended/);
    expect(rows.drafts.map(({ event, call }) => `${event} ${call ?? ''}`.trim())).toEqual([
      'given',
      'used one',
      'used two',
    ]);
    expect(rows.list('grant')).toEqual([]);
  });

  it('for minutes is good for other sessions of the same program, and ends by itself', async () => {
    const { book, clock, covered, give, rows } = setting();
    await give({ life: { kind: 'minutes', minutes: 15 }, reach: { kind: 'same' } }, ...write('/srv/work/a'));
    const elsewhere = write('/srv/work/a', 'x', { session: OTHER });
    expect(await covered(...elsewhere)).not.toBeNull();
    const stranger = { name: 'test', version: '1', pid: 2, program: '/usr/bin/other' };
    expect(await covered(...write('/srv/work/a', 'x', { session: OTHER, client: stranger }))).toBeNull();
    clock.pass(15 * 60_000);
    expect(await covered(...elsewhere)).toBeNull();
    expect(book.list()).toEqual([]);
    expect(rows.drafts.at(-1)).toMatchObject({ type: 'grant', event: 'ended', reason: 'expired' });
  });

  it('for minutes holds on to the session where the program is not known', async () => {
    const { covered, give } = setting();
    const client = { name: 'test', version: '1', pid: 1, program: null };
    await give(
      { life: { kind: 'minutes', minutes: 15 }, reach: { kind: 'same' } },
      ...write('/a/b/c', 'x', { client }),
    );
    expect(await covered(...write('/a/b/c', 'x', { client }))).not.toBeNull();
    expect(await covered(...write('/a/b/c', 'x', { client, session: OTHER }))).toBeNull();
  });

  it('survives a restart for the rest of its time; one of a session does not', async () => {
    const { clock, give, rows } = setting();
    await give({ life: { kind: 'minutes', minutes: 15 }, reach: { kind: 'same' } }, ...write('/srv/work/a'));
    await give(SAME, ...write('/srv/work/b'));
    clock.pass(10 * 60_000);
    const again = setting(rows, clock);
    expect(again.book.list()).toMatchObject([{ life: { kind: 'minutes' } }]);
    expect(rows.drafts.at(-1)).toMatchObject({ event: 'ended', reason: 'session-over' });
    clock.pass(5 * 60_000);
    expect(again.book.list()).toEqual([]);
  });

  it('whose row was altered does not count', async () => {
    const { clock, give, rows } = setting();
    await give({ life: { kind: 'minutes', minutes: 15 }, reach: { kind: 'same' } }, ...write('/srv/work/a'));
    rows.tamper('grant', 'grant-1');
    expect(setting(rows, clock).book.list()).toEqual([]);
  });

  it('ends with its session, when its ground changes, and when a person revokes it', async () => {
    const { book, give, rows } = setting();
    await give(SAME, ...write('/srv/work/a'));
    book.sessionOver(SESSION);
    expect(book.list()).toEqual([]);
    await give(SAME, ...write('/srv/work/a'));
    book.endWhere(({ server }) => server === 'files', 'pin-changed');
    expect(book.list()).toEqual([]);
    await give(SAME, ...write('/srv/work/a'));
    book.revoke('grant-3', by);
    expect(book.list()).toEqual([]);
    expect(rows.drafts.at(-1)).toMatchObject({ event: 'revoked', ...by });
    expect(() => book.revoke('grant-3', by)).toThrow(/no such thing/);
  });

  it('is neither given nor used while nothing can be recorded; revoking counts all the same', async () => {
    const { book, covered, give, rows } = setting();
    await give(SAME, ...write('/srv/work/a'));
    rows.full = true;
    await expect(give(SAME, ...write('/srv/work/b'))).rejects.toThrow(/audit/);
    expect(() => book.use('grant-1', 'one')).toThrow(/audit/);
    expect(() => book.revoke('grant-1', by)).toThrow(/audit/);
    expect(await covered(...write('/srv/work/a'))).toBeNull();
  });
});
