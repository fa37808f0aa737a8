import { Client, type QueryResult } from 'pg';
import { FaultRefused, type FaultKind, type FaultPorts } from './fault-kind.ts';

/** What a faulty import left behind: a date that the database can hold and the API cannot show. */
const INSERT = `INSERT INTO items (tenant, name, value, created_by, created_at)
  VALUES ($1, 'imported', '{}', 'import', 'infinity') RETURNING id`;

/** One tenant's data that the API cannot read: its lists fail, everybody else is served. */
export const tenantPoison: FaultKind = {
  kind: 'tenant-poison',
  description: 'Stores a record of one tenant that the API cannot read back: that tenant’s lists fail.',
  takes: 'tenant',
  async inject(ports, { tenant = 't1' }) {
    const { rows } = await query(ports, INSERT, [tenant]);
    const id = (rows[0] as { id: string }).id;
    return {
      subject: `tenant/${tenant}`,
      done: { recordStored: id },
      async lift() {
        const { rowCount } = await query(ports, 'DELETE FROM items WHERE id = $1', [id]);
        return { recordsDeleted: rowCount ?? 0 };
      },
    };
  },
};

async function query({ store }: FaultPorts, text: string, values: unknown[]): Promise<QueryResult> {
  const host = store.get('Pod', { namespace: 'platform', name: 'postgres-0' })?.status?.podIP;
  const secret = store.require('Secret', { namespace: 'platform', name: 'postgres-admin' }).data ?? {};
  if (host === undefined) throw new FaultRefused(409, 'database: postgres-0 does not run');
  const value = (key: string): string => Buffer.from(secret[key] ?? '', 'base64').toString();
  const client = new Client({
    host,
    port: 5432,
    database: 'multitenant',
    user: value('username'),
    password: value('password'),
    connectionTimeoutMillis: 5_000,
    statement_timeout: 5_000,
  });
  try {
    await client.connect();
    return await client.query(text, values);
  } catch (error) {
    throw new FaultRefused(409, `database: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}
