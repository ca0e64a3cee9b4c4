import { expect, test } from 'vitest';
import { sqlVerbs } from './sqlVerbs.ts';

const found = (text: string) => sqlVerbs(text, false).join(' ');

test.each([
  ['SELECT 1 FROM t', 'select'],
  ['with x as (delete from t returning *) select * from x', 'select delete'],
  ['explain analyze delete from t', 'delete'],
  ['select * into t2 from t', 'select create'],
  ['INSERT IGNORE INTO t VALUES (1)', 'insert'],
  ['UPDATE "a b" SET x = 1', 'update'],
  ['begin; update t as u set x = 1; commit', 'update'],
  ['DELETE t FROM t JOIN u', 'delete'],
  ['merge t using u on 1 = 1', 'merge'],
  ['drop materialized view if exists v', 'drop'],
  ['DROP PROCEDURE p', 'drop'],
  ['truncate `t`', 'truncate'],
  ['truncate only  t , u   restart identity', 'truncate'],
  [`truncate${' '.repeat(300)}t${' '.repeat(300)};`, 'truncate'],
  ['CREATE EXTENSION plpython3u', 'create'],
  ['PRAGMA writable_schema = ON', 'alter'],
  ['set role admin', 'alter'],
  ["COPY (SELECT 1) TO PROGRAM 'sh'", 'copy'],
  ["select 'x' into outfile '/var/www/x.php'", 'create copy'],
  ["LOAD DATA INFILE '/etc/passwd' INTO TABLE t", 'copy'],
  ["VACUUM INTO '/tmp/x'", 'copy'],
  ["DO $$ BEGIN EXECUTE 'dr' || 'op table t'; END $$", 'call'],
  ["EXEC('DR' + 'OP TABLE t')", 'call'],
  ["exec xp_cmdshell 'dir'", 'call'],
  ["SELECT lo_export(1, '/tmp/x')", 'call'],
  ["select(pg_read_file('x'))", 'call'],
  ['EXEC(0x44524f50)', 'call'],
  ['truncate"t"', 'truncate'],
  ['update"t"set"x"=1', 'update'],
  ['select*into"u"from"t"', 'select create'],
  ["attach'x'as y", 'attach'],
  ["copy(select 1)to program'sh'", 'copy'],
])('%s', (text, verbs) => {
  expect(found(text)).toBe(verbs);
});

test('nothing hides a statement: a comment in a string, one with a star in it, one that runs in MySQL, two dashes that take away', () => {
  expect(found("select '--'; drop table users")).toBe('drop');
  expect(found("select '/*'; drop table users; select '*/'")).toBe('drop');
  expect(found('DELETE/* * */FROM t')).toBe('delete');
  expect(found('DR/**/OP TABLE t')).toBe('drop');
  expect(found('/*!50000DROP*/ TABLE t')).toBe('drop');
  expect(found('select 1--1; drop table t')).toBe('drop');
  expect(found('drop -- really\ntable t')).toBe('drop');
});

test('what stands between the parts of a statement does not hide it, however long', () => {
  const long = 'a, '.repeat(5_000);
  expect(found(`copy (select ${long} 1) to program 'sh'`)).toBe('copy');
  expect(found(`select ${long} 1 into t2`)).toBe('create');
  expect(found(`copy (select ';') to program 'sh'`)).toBe('copy');
  expect(found('select 1 from t; insert into t values (1)')).toBe('select insert');
});

test('people’s words are none', () => {
  for (const text of [
    'how to delete a row from a table',
    'update on the weather, drop by, create something',
    'delete duplicates',
    'replace values in sheet',
    'set up the table, then load balancing',
    'please execute the plan',
    'create a view of the city',
  ])
    expect(found(text), text).toBe('');
});

test('in text for people only what begins as a statement counts', () => {
  expect(sqlVerbs('First look, then DROP TABLE users.', true)).toEqual([]);
  expect(sqlVerbs('Update the guide and set the version', true)).toEqual([]);
  expect(sqlVerbs('  drop table users', true)).toEqual(['drop']);
  expect(sqlVerbs('/*!50000 drop table users */', true)).toEqual(['drop']);
});

test('long texts cost no more than short ones', () => {
  const began = performance.now();
  for (const unit of [
    'select ',
    'select /*',
    'insert ',
    'grant a, ',
    '-- ',
    '/*',
    '/**/',
    'create or replace ',
    'drop if exists ',
    'copy a ',
    '; ',
  ])
    sqlVerbs(unit.repeat(16_000 / unit.length), false);
  for (const begin of ['truncate', 'truncate t', 'update t', 'grant', 'call'])
    sqlVerbs(`${begin}${' '.repeat(16_000)}!`, false);
  expect(performance.now() - began).toBeLessThan(1_000);
});
