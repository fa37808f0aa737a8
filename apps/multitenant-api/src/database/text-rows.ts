import type { PoolClient } from 'pg';

/** A row as PostgreSQL writes it: every column as text, in the order of the statement. */
export type TextRow = readonly (string | null)[];

/** Types are left to whoever needs them: most columns go straight into an answer. */
export const textMode = { rowMode: 'array', types: { getTypeParser: () => (text: string) => text } } as const;

/** Runs a statement and gives its rows as text, in the order of its columns; with a name it is prepared once a connection. */
export async function textRows(
  client: PoolClient,
  statement: { name?: string; text: string; values: unknown[] },
): Promise<TextRow[]> {
  const found = await client.query<(string | null)[]>({ ...statement, ...textMode });
  return found.rows;
}
