import { expect, test } from 'vitest';
import { livingMembers, newKnown } from './members.ts';
import { type ProcStat, readStat } from './procStat.ts';

function entry(pid: number, parent: number, group: number, session: number, more: Partial<ProcStat> = {}): ProcStat {
  return { pid, parent, group, session, startTime: `t${pid}`, dead: false, ...more };
}

const us = entry(10, 1, 10, 10);
const nobody = () => false;
const spared = new Set([10, 1]);
const pids = (found: readonly ProcStat[]) => found.map(({ pid }) => pid).toSorted();

test('a line of /proc is read whatever the name is', () => {
  const line = `77 (a ) R 1 (b)) S 70 77 76 0 -1 4194560 ${'0 '.repeat(12)}123456 0`;
  expect(readStat(line)).toEqual({ pid: 77, parent: 70, group: 77, session: 76, startTime: '123456', dead: false });
  expect(readStat('nonsense')).toBeNull();
});

test('children, fellows of group and session, and their children belong to the tree', () => {
  const table = [
    us,
    entry(20, 10, 20, 20),
    entry(21, 20, 20, 20),
    entry(22, 1, 20, 20),
    entry(23, 22, 23, 23),
    entry(30, 1, 30, 30),
  ];
  expect(pids(livingMembers(table, newKnown(entry(20, 10, 20, 20)), nobody, spared))).toEqual([20, 21, 22, 23]);
});

test('a mark brings in what detached, and its session with it', () => {
  const table = [us, entry(40, 1, 40, 40), entry(41, 1, 41, 40)];
  expect(pids(livingMembers(table, newKnown(), (pid) => pid === 40, spared))).toEqual([40, 41]);
});

test('what was known once is known after its parent ended', () => {
  const known = newKnown(entry(20, 10, 20, 20));
  livingMembers([us, entry(20, 10, 20, 20), entry(50, 20, 50, 50)], known, nobody, spared);
  expect(pids(livingMembers([us, entry(50, 1, 50, 50)], known, nobody, spared))).toEqual([50]);
});

test('a later process of the same id is not the one that was known', () => {
  const known = newKnown(entry(20, 10, 20, 20));
  expect(livingMembers([us, entry(20, 1, 60, 60, { startTime: 'later' })], known, nobody, spared)).toEqual([]);
});

test('neither we nor our ancestors, nor anyone in our session, are ever members for being near', () => {
  const known = newKnown();
  const table = [us, entry(11, 10, 10, 10), entry(12, 1, 10, 10)];
  expect(pids(livingMembers(table, known, (pid) => pid === 11, spared))).toEqual([11]);
  expect(livingMembers([us], newKnown(us), () => true, spared)).toEqual([]);
});

test('the dead are no members', () => {
  const table = [us, entry(20, 10, 20, 20, { dead: true })];
  expect(livingMembers(table, newKnown(entry(20, 10, 20, 20)), nobody, spared)).toEqual([]);
});
