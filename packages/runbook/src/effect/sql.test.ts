import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Effect } from '../plan.ts';
import { effectOfArgv } from './effect-of-argv.ts';
import { sqlEffect } from './sql.ts';

const TABLE: Record<Exclude<Effect, 'create-temp'>, string[]> = {
  read: [
    'SELECT state, count(*) FROM pg_stat_activity GROUP BY state;',
    "SELECT pid, now() - query_start AS age FROM pg_stat_activity WHERE state <> 'idle' ORDER BY 2 DESC",
    "select 'drop table a'",
    'select 1 /* drop table a */',
    'select 1 -- drop table a',
    'with a as (select 1) select * from a',
    'with a as materialized (select 1) table a',
    'explain select 1',
    'explain (analyze, buffers) select 1',
    'explain delete from a',
    'show max_connections',
    'values (1)',
    '(select 1)',
    'select pg_catalog.count(*) from a',
    'select percentile_cont(0.5) within group (order by a) from b',
    'select * from <table-name>',
    '\\dt',
    '\\d+ public.a',
    '\\l',
  ],
  mutate: [
    "select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle'",
    'select pg_cancel_backend(1)',
    "select set_config('a', 'b', false)",
    "select nextval('a')",
    'select pg_sleep(10)',
    "select pg_read_file('a')",
    "select lo_import('a')",
    "select dblink('a', 'b')",
    'select pg_reload_conf()',
    'select 1 from a for update',
    'select 1 from a for no key update',
    'select 1 from a for key share',
    'select 1 from a for/**/update',
    'select * into a from b',
    'with a as (update b set c = 1 returning 1) select 1',
    'insert into a values (1)',
    "copy a to program 'x'",
    'copy a from stdin',
    'vacuum full',
    'reindex table a',
    'analyze',
    'alter system set a = 1',
    'set a = 1',
    'call a()',
    'lock table a',
    'do $$ begin perform 1; end $$',
    'explain analyze insert into a values (1)',
    'explain analyse update a set b = 1',
    'explain analyze create table a as select 1',
    'explain (analyze) execute a',
    'select "pg_terminate_backend"(1)',
    'select pg_terminate_backend /**/ (1)',
    'select public.count(1)',
    'select counté(1)',
    'select é(1)',
    'select U&"pg_terminate!005fbackend" uescape \'!\' (1)',
    'select <function>(1)',
    '\\! reboot',
    '\\copy a to b',
    '\\i a',
    '\\o a',
    'select 1 \\g |sh',
    '\\dt `reboot`',
    '\\dt |sh',
    '\\d a\n\\! sh',
  ],
  destroy: [
    'drop table a',
    'truncate a',
    'delete from a',
    'select 1; delete from a',
    'select 1;;drop database a',
    '/* a */ drop table a',
    '-- a\ndrop table a',
    '-- a\rdrop table a',
    "select ' -- '; drop table a; -- '",
    "select '/*'; drop table a; select '*/'",
    'select "--"; drop table a',
    "select $a$'$a$; drop table b; --'",
    "select $é$'$é$; drop table b; --'",
    "select E'\\''; drop table a; --'",
    'alter table a drop column b',
    'do $$ begin drop table a; end $$',
    'with d as (delete from a returning 1) select 1',
    'explain analyze delete from a',
    'explain (analyze) delete from a',
    'explain (verbose, analyze true) delete from a',
    'explain analyse verbose delete from a',
    'merge into a using b on true when matched then delete',
    'create rule a as on select to b do instead delete from c',
    `${'select 1; '.repeat(1000)} drop table a`,
  ],
};

const rows = Object.entries(TABLE).flatMap(([effect, texts]) =>
  texts.map((text): [string, string] => [effect, text]),
);

describe('effect of SQL', () => {
  it.each(rows)('%s: %s', (effect, sql) => {
    expect(sqlEffect(sql)).toBe(effect);
  });

  it('is found behind any harmless text', () => {
    const harmless = fc.constantFrom(
      "select 'a'",
      'select 1 -- a\n',
      'select 1 /* ; */',
      "select '--'",
      `select "a'b"`,
      "select ''''",
      '',
    );
    fc.assert(
      fc.property(fc.array(harmless), fc.array(harmless), (before, after) => {
        expect(sqlEffect([...before, 'drop table a', ...after].join(';'))).toBe('destroy');
      }),
    );
  });

  it.each([
    ['destroy', ['-c', 'select 1', '-c', 'drop table a']],
    ['destroy', ['-c', 'select 1', '--command=drop table a']],
    ['destroy', ['-c', 'select 1', '--comm', 'drop table a']],
    ['destroy', ['-c', 'select 1', '--comm=drop table a']],
    ['destroy', ['-Atc', 'drop table a']],
    ['destroy', ['-l', '-c', 'drop table a']],
    ['read', ['-h', 'db', '-U', 'a', '-XAtqc', 'select 1']],
    ['read', ['-l']],
    ['mutate', ['-c', 'select 1', '--no-such']],
    ['mutate', ['-c', 'select 1', '-o', '|sh']],
  ])('%s: psql %j', (effect, args) => {
    expect(effectOfArgv(['psql', ...args])).toBe(effect);
  });
});
