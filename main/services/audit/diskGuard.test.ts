import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freeSpace } from '../../adapters/files/freeSpace.ts';
import type { ToolClass } from '../../contract/tool.ts';
import { ManualClock } from '../manualClock.ts';
import { DISK_FIGURES, DiskGuard } from './diskGuard.ts';

const MB = 2 ** 20;
const CLASSES: (ToolClass | undefined)[] = ['read', 'read-sensitive', 'write', 'external', undefined];

/** A guard over a disk of which a test says how much is left, and how often it was looked at. */
class Disk {
  readonly clock = new ManualClock();
  free: number | null = DISK_FIGURES.low;
  broken = false;
  looks = 0;
  readonly guard = new DiskGuard(() => {
    this.looks += 1;
    if (this.broken) throw new Error('EIO');
    return this.free;
  }, this.clock);

  codes(): (string | undefined)[] {
    return CLASSES.map((toolClass) => this.guard.refuses(toolClass)?.code);
  }
}

const none = CLASSES.map(() => undefined);
const risky = CLASSES.map((toolClass) => (toolClass === 'read' ? undefined : 'DISK_LOW'));
const all = CLASSES.map(() => 'AUDIT_UNAVAILABLE');

test.each([
  { free: 500 * MB, state: 'enough', codes: none },
  { free: 500 * MB - 1, state: 'low', codes: none },
  { free: 100 * MB, state: 'low', codes: none },
  { free: 100 * MB - 1, state: 'critical', codes: risky },
  { free: 16 * MB, state: 'critical', codes: risky },
  { free: 16 * MB - 1, state: 'full', codes: all },
  { free: 0, state: 'full', codes: all },
  { free: null, state: 'enough', codes: none },
])('with $free bytes left the disk counts as $state', ({ free, state, codes }) => {
  const disk = new Disk();
  disk.free = free;
  expect(disk.guard.state()).toEqual({ state, free });
  expect(disk.codes()).toEqual(codes);
});

test('a disk that does not answer lets nothing through, and says so', () => {
  const disk = new Disk();
  disk.broken = true;
  expect(disk.guard.state()).toEqual({ state: 'lost', free: null });
  expect(disk.codes()).toEqual(all);
  expect(disk.guard.refuses('read')?.detail).toBe('the disk does not answer');
});

test('what is refused says how much is left', () => {
  const disk = new Disk();
  disk.free = 99.9 * MB;
  expect(disk.guard.refuses('write')?.detail).toBe('99 MB left');
});

test('while there is room the disk is looked at once a second, and a refusal is never older than the call', () => {
  const disk = new Disk();
  for (let call = 0; call < 1000; call += 1) disk.guard.refuses('write');
  expect(disk.looks).toBe(1);
  disk.free = 0;
  disk.clock.pass(999);
  expect(disk.guard.refuses('write')).toBeNull();
  disk.clock.pass(1);
  expect(disk.guard.refuses('write')?.code).toBe('AUDIT_UNAVAILABLE');
  disk.free = DISK_FIGURES.low;
  expect(disk.guard.refuses('write')).toBeNull();
});

test('who watches is told of every change, also while nothing is called, until the end', () => {
  const disk = new Disk();
  const told: string[] = [];
  disk.guard.watch(() => told.push(disk.guard.state().state));
  disk.free = DISK_FIGURES.low - 1;
  disk.clock.pass(10_000);
  disk.clock.pass(30_000);
  expect(told).toEqual(['low']);
  disk.free = DISK_FIGURES.low;
  disk.clock.pass(10_000);
  expect(told).toEqual(['low', 'enough']);
  disk.guard.close();
  disk.free = 0;
  disk.clock.pass(60_000);
  expect(told).toEqual(['low', 'enough']);
});

test('on a real file system, through every state and back', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'disk-'));
  let mounted = false;
  onTestFinished(() => {
    if (mounted) execFileSync('/bin/umount', ['-l', folder]);
    rmSync(folder, { recursive: true });
  });
  const mount = (...options: string[]) => execFileSync('/bin/mount', options, { stdio: 'ignore' });
  try {
    mount('-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder);
    mounted = true;
  } catch {
    context.skip('this account cannot mount a small file system');
  }
  const clock = new ManualClock();
  const guard = new DiskGuard(freeSpace(folder), clock, { low: 3 * MB, critical: 2 * MB, full: MB });
  const states = [0, 1.5, 2.5, 3.5, 0].map((used) => {
    writeFileSync(join(folder, 'filler'), Buffer.alloc(used * MB));
    clock.pass(1000);
    return guard.state().state;
  });
  expect(states).toEqual(['enough', 'low', 'critical', 'full', 'enough']);
});

test('a folder that is not there any more does not answer', () => {
  const guard = new DiskGuard(freeSpace(join(tmpdir(), 'there-is-no-such-folder')), new ManualClock());
  expect(guard.state().state).toBe('lost');
});
