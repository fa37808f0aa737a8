import { Socket } from 'node:net';
import { Client, DatabaseError } from 'pg';
import { type Answer, type Asking, type Check, fine } from './check.ts';

/** Without pg_read_all_stats other roles' sessions have no state and no type: then only the databases' own counts are true. */
const question = `
  select current_setting('max_connections')::int
         - current_setting('superuser_reserved_connections')::int
         - coalesce(current_setting('reserved_connections', true)::int, 0) as slots,
         pg_has_role(current_user, 'pg_read_all_stats', 'usage') as "seesAll",
         (select sum(numbackends)::int from pg_stat_database) as backends,
         (count(*) filter (where backend_type = 'client backend'))::int as clients,
         (count(*) filter (where state like 'idle in transaction%'))::int as idle,
         (count(*) filter (where wait_event_type = 'Lock'))::int as waits
    from pg_stat_activity`;

interface Row {
  readonly slots: number;
  readonly seesAll: boolean;
  readonly backends: number;
  readonly clients: number;
  readonly idle: number;
  readonly waits: number;
}

function valuesOf({ slots, seesAll, backends, clients, idle, waits }: Row): Answer['values'] {
  if (!seesAll) return { connections: backends, connectionSlots: slots };
  return { connections: clients, connectionSlots: slots, idleInTransaction: idle, lockWaits: waits };
}

/** SQLSTATE class 42: the query does not fit (a pooler, another database that speaks the protocol). It answers all the same. */
function isOtherDialect(error: DatabaseError): boolean {
  return error.code?.startsWith('42') === true;
}

function refusalOf(error: DatabaseError): Answer {
  const detail = `${error.code}: ${error.message}`;
  if (isOtherDialect(error)) return { ...fine, detail: `connections are not counted (${detail})` };
  return { ...fine, outcome: 'rejected', detail };
}

async function askDatabase(url: string, { signal, reached }: Asking): Promise<Answer> {
  const socket = new Socket();
  const client = new Client({
    connectionString: url,
    application_name: 'tocsin check',
    stream: () => socket,
  });
  // A connection that breaks is told by what waits for it; without a listener it would end the process.
  client.on('error', () => {});
  socket.once('connect', () => reached('connected'));
  signal.addEventListener('abort', () => socket.destroy(), { once: true });
  try {
    const login = client.connect();
    // After the client's own listeners, which must not miss what comes first.
    socket.once('data', () => reached('answering'));
    await login;
    reached('logged in');
    const { rows } = await client.query<Row>(question);
    return { ...fine, values: rows[0] === undefined ? {} : valuesOf(rows[0]) };
  } catch (error) {
    if (error instanceof DatabaseError) return refusalOf(error);
    throw error;
  } finally {
    // Not awaited: saying good-bye is no part of the answer, and the time limit ends it.
    void client.end().catch(() => {});
  }
}

/** A new login and one query that counts connections, as a client would get them. */
export function postgresCheck(url: string): Check {
  return { ask: (asking) => askDatabase(url, asking) };
}
