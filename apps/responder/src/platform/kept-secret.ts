import type { Queryable } from './database.ts';

const known = new WeakMap<Queryable, Map<string, string>>();

/** The secret of that name; the first who asks makes it, and every responder of the database gets the same. It never changes: it is read once. */
export async function keptSecret(db: Queryable, name: string, make: () => string): Promise<string> {
  const ours = known.get(db) ?? new Map<string, string>();
  known.set(db, ours);
  const secret = ours.get(name) ?? (await readOrMake(db, name, make));
  ours.set(name, secret);
  return secret;
}

async function readOrMake(db: Queryable, name: string, make: () => string): Promise<string> {
  const read = 'select value from kept_secrets where name = $1';
  const found = await db.query<{ value: string }>(read, [name]);
  if (found.rows[0] !== undefined) return found.rows[0].value;
  await db.query('insert into kept_secrets (name, value) values ($1, $2) on conflict (name) do nothing', [
    name,
    make(),
  ]);
  const { rows } = await db.query<{ value: string }>(read, [name]);
  if (rows[0] === undefined) throw new Error(`kept_secrets: "${name}" was written, and is not there`);
  return rows[0].value;
}
