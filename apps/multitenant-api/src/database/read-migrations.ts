import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

/** One change of the database, applied once and in order; its file is never edited after it was released. */
export interface Migration {
  id: number;
  title: string;
  /** `{role}` stands for the quoted name of the limited role. */
  sql: string;
  /** SHA-256 of the file, hex. */
  checksum: string;
}

const folder = new URL('../../migrations/', import.meta.url);

/** Reads `migrations/NNNN-title.sql` in order. Rejects when a name or the numbering is not as expected. */
export async function readMigrations(): Promise<Migration[]> {
  const files = (await readdir(folder)).toSorted();
  return Promise.all(
    files.map(async (file, index) => {
      const named = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file);
      if (named === null || Number(named[1]) !== index + 1)
        throw new Error(`migrations/${file}: expected ${String(index + 1).padStart(4, '0')}-title.sql`);
      const sql = await readFile(new URL(file, folder), 'utf8');
      const title = (named[2] ?? '').replaceAll('-', ' ');
      return { id: index + 1, title, sql, checksum: hash('sha256', sql) };
    }),
  );
}
