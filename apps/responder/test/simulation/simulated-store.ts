import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Broken } from './broken.ts';

const migrationsDir = new URL('../../migrations/', import.meta.url);

/** Many times what the longest history needs. */
const mostStatements = 50_000;

type Row = Record<string, unknown>;

/**
 * The responder's tables and its own SQL, in memory and on a clock that only the simulation moves. SQLite speaks enough of
 * PostgreSQL's language: what differs is put into its words here, and a statement that cannot be said fails loudly. One
 * transaction at a time: how PostgreSQL locks is the database tests' part.
 */
export class SimulatedStore {
  now = 0;
  #number = 0;
  #asked = 0;
  readonly #db = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false });
  readonly #statements = new Map<string, StatementSync>();

  constructor() {
    this.#db.function('nextval', { varargs: true }, () => (this.#number += 1));
    this.#db.function('to_epoch_ms', (text) => Date.parse(String(text)));
    const files = readdirSync(migrationsDir).filter((name) => name.endsWith('.sql'));
    for (const name of files.toSorted())
      for (const statement of statementsOf(readFileSync(new URL(name, migrationsDir), 'utf8')))
        this.#define(statement);
  }

  query(sql: string, values: readonly unknown[] = []): { rows: Row[]; rowCount: number } {
    this.#asked += 1;
    if (this.#asked > mostStatements)
      throw new Broken('every-history-ends', `${mostStatements} statements, and no end`);
    const statement = this.#prepare(sql);
    const named: Record<string, SQLInputValue> = {};
    values.forEach((value, index) => (named[`$${index + 1}`] = toSqlite(value)));
    if (sql.includes('clock_timestamp()')) named['$now'] = this.now;
    const answers = /^\s*(select|with)\b|\breturning\b/i.test(sql);
    if (!answers) return { rows: [], rowCount: Number(statement.run(named).changes) };
    const rows = statement.all(named).map(toPostgres);
    return { rows, rowCount: rows.length };
  }

  begin(): void {
    this.#db.exec('begin');
  }

  commit(): void {
    this.#db.exec('commit');
  }

  /** Ends the open transaction without a trace, if there is one. */
  rollback(): void {
    if (this.#db.isTransaction) this.#db.exec('rollback');
  }

  /** Forgets every row but the plans. */
  clear(): void {
    this.#asked = 0;
    for (const table of ['incidents', 'incident_events', 'timers', 'messages', 'inbox', 'notices', 'jobs'])
      this.#db.exec(`delete from ${table}`);
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    try {
      const statement = this.#db.prepare(translate(sql));
      this.#statements.set(sql, statement);
      return statement;
    } catch (cause) {
      throw new Error(`the simulated store cannot say: ${sql}`, { cause });
    }
  }

  /** Definitions of other rooms may be beyond SQLite; a table that is missing shows at its first use. */
  #define(statement: string): void {
    try {
      this.#db.exec(statement);
    } catch {
      this.rollback();
    }
  }
}

function statementsOf(migration: string): readonly string[] {
  return migration
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/bigint generated always as identity primary key/g, 'integer primary key')
    .replaceAll(/(not null )?default clock_timestamp\(\)/g, '')
    .split(';')
    .map((one) => one.trim())
    .filter((one) => /^(create (unique )?(table|index)|alter table|drop index)/.test(one));
}

function translate(sql: string): string {
  return sql
    .replaceAll(/::(text|jsonb|bigint|boolean|float8|int)(\[\])?/g, '')
    .replaceAll(/\bfor update( skip locked)?/g, '')
    .replaceAll(/interval '1 millisecond'/g, '1')
    .replaceAll('clock_timestamp()', '$now')
    .replaceAll('jsonb_build_object', 'json_object')
    .replaceAll(/floor\(extract\(epoch from (\w+)\) \* 1000\)/g, '$1')
    .replace(/jsonb_to_recordset\((\$\d+)\)\s+as row \(([^)]*)\)/, recordset);
}

/** A JSON list as rows, each column by its declared type. */
function recordset(_all: string, list: string, columns: string): string {
  const selected = columns.split(',').map((column) => {
    const [name = '', type = ''] = column.trim().split(/\s+/);
    if (type === 'jsonb') return `json_each.value -> '$.${name}' as ${name}`;
    const text = `json_each.value ->> '$.${name}'`;
    return `${type === 'timestamptz' ? `to_epoch_ms(${text})` : text} as ${name}`;
  });
  return `(select ${selected.join(', ')} from json_each(${list}))`;
}

function toSqlite(value: unknown): SQLInputValue {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as SQLInputValue);
}

const jsonColumns = new Set(['snapshot', 'incident', 'actor', 'body', 'plan', 'payload', 'handsOff']);
const booleanColumns = new Set(['may_be_repeat', 'detached']);

function toPostgres(row: Row): Row {
  const answer: Row = {};
  for (const name in row) answer[name] = valueOf(name, row[name]);
  return answer;
}

function valueOf(name: string, value: unknown): unknown {
  if (booleanColumns.has(name)) return value === 1;
  const isJson = jsonColumns.has(name) && typeof value === 'string' && value.startsWith('{');
  return isJson ? (JSON.parse(value) as unknown) : value;
}
