import { describe, expect, it } from 'vitest';
import type { FactNode } from './facts.ts';
import { argumentShape, grantOffers, type OfferedCall } from './grants.ts';

/** A JSON value as the strict reader gives it. */
function node(value: unknown): FactNode {
  if (Array.isArray(value)) return { kind: 'array', items: value.map(node) };
  if (typeof value === 'string') return { kind: 'string', value };
  if (typeof value === 'number') return { kind: 'number', text: String(value) };
  if (typeof value === 'boolean') return { kind: value ? 'true' : 'false' };
  if (value === null) return { kind: 'null' };
  const members = Object.entries(value as object).map(([key, inner]) => ({ key, value: node(inner) }));
  return { kind: 'object', members };
}

function write(change: Partial<OfferedCall> = {}): OfferedCall {
  const shape = argumentShape(node({ path: '/srv/work/notes/a.md', content: 'hello' }));
  return {
    tool: 'write_file',
    class: 'write',
    approvals: 1,
    reviewed: true,
    inputSchema: { type: 'object', properties: { path: {}, content: {} } },
    shape,
    places: shape.paths,
    home: '/home/ada',
    ...change,
  };
}

describe('grants on offer', () => {
  it('for a write: the same values, or the folder it writes in; never whatever the arguments are', () => {
    expect(grantOffers(write())?.reaches).toEqual([{ kind: 'same' }, { kind: 'folder', folder: '/srv/work/notes' }]);
  });

  it('for reading what is sensitive: also the tool as a whole', () => {
    expect(grantOffers(write({ class: 'read-sensitive', tool: 'read_mailbox' }))?.reaches).toContainEqual({
      kind: 'any',
    });
  });

  it('end with the session, the quarter, the hour, or after five more', () => {
    expect(grantOffers(write())?.lives).toEqual([
      { kind: 'session' },
      { kind: 'minutes', minutes: 15 },
      { kind: 'minutes', minutes: 60 },
      { kind: 'uses', uses: 5 },
    ]);
  });

  it('none for what reaches outside, is not reviewed, or wants two people', () => {
    expect(grantOffers(write({ class: 'external' }))).toBeNull();
    expect(grantOffers(write({ reviewed: false }))).toBeNull();
    expect(grantOffers(write({ approvals: 2 }))).toBeNull();
  });

  it.each(['run_command', 'delete_file', 'git_clean', 'empty_trash', 'sendMail', 'set_password', 'git_push'])(
    'none for %s',
    (tool) => {
      expect(grantOffers(write({ tool }))).toBeNull();
    },
  );

  it.each(['command', 'to', 'attendees', 'webhook_url', 'apiToken'])('none for a tool that takes "%s"', (name) => {
    expect(grantOffers(write({ inputSchema: { properties: { path: {}, [name]: {} } } }))).toBeNull();
  });

  it('none for a tool that takes it further inside', () => {
    const inputSchema = { properties: { path: {}, request: { properties: { command: {} } } } };
    expect(grantOffers(write({ inputSchema }))).toBeNull();
  });

  it('none where keys are kept, whether the path says so or the link behind it', () => {
    expect(grantOffers(write({ places: ['/home/ada/.ssh/config'] }))).toBeNull();
    expect(grantOffers(write({ shape: argumentShape(node({ path: '/srv/app/.env' })) }))).toBeNull();
  });

  it('no folder near the root, around the home folder, or when a path could not be followed', () => {
    const reaches = (places: (string | null)[]) => grantOffers(write({ places }))?.reaches;
    expect(reaches(['/tmp/a.md'])).toEqual([{ kind: 'same' }]);
    expect(reaches(['/home/ada/a.md'])).toEqual([{ kind: 'same' }]);
    expect(reaches([null])).toEqual([{ kind: 'same' }]);
    expect(reaches(['/srv/work/one/a', '/srv/work/two/b'])).toContainEqual({ kind: 'folder', folder: '/srv/work' });
  });
});

describe('what the calls of a folder grant have in common', () => {
  const shape = (value: unknown) => argumentShape(node(value));

  it('text may differ; paths are set apart, in lists as well', () => {
    expect(shape({ path: '/a/b', content: 'one' }).fixed).toEqual(shape({ path: '/a/c', content: '/etc' }).fixed);
    expect(shape({ paths: ['/a', '/b'] })).toEqual({ paths: ['/a', '/b'], fixed: [['path /paths', null]] });
    expect(shape({ paths: ['/a'] }).fixed).toEqual(shape({ paths: ['/a', '/b'] }).fixed);
  });

  it('anything else that differs is another call: a flag, a number, null, a path in a new place', () => {
    const base = shape({ path: '/a', dryRun: true }).fixed;
    for (const other of [
      { path: '/a', dryRun: false },
      { path: '/a' },
      { path: '/a', dryRun: null },
      { path: '/a', dryRun: true, mode: 438 },
      { path: '/a', dryRun: true, also: '/b' },
    ])
      expect(shape(other).fixed).not.toEqual(base);
  });

  it('what looks like a path is one, whatever its name', () => {
    for (const value of ['/etc/passwd', '~/x', '../x', 'C:\\x', 'file:///etc/passwd'])
      expect(shape({ note: value }).paths).toEqual([value]);
    expect(shape({ document: 'a.txt' })).toEqual({ paths: [], fixed: [['/document', 'a.txt']] });
  });
});
