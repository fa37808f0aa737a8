import { expect, test } from 'vitest';
import { statementName } from './statement-name.ts';

test('the same text has the same name, another text another', () => {
  const name = statementName('select 1 from incidents where id = $1');
  expect(name).toMatch(/^s[\w-]{20}$/);
  expect(statementName('select 1 from incidents where id = $1')).toBe(name);
  expect(statementName('select 2 from incidents where id = $1')).not.toBe(name);
});

test.each([
  'select * from incidents where id = $1',
  'with locked as (select  * from incidents where id = $1) select id from locked',
  'update messages set fence = fence + 1 where id = $1 returning *',
  'select m.*, i.number from messages m join incidents i on i.id = m.incident_id where m.id = $1',
])('what returns every column there is has none: %s', (sql) => {
  expect(statementName(sql)).toBeUndefined();
});

test('counting rows and multiplying is no such result', () => {
  expect(statementName('select count(*), $1 * 2 from incidents')).toBeDefined();
});
