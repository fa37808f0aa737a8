import { setTimeout as pause } from 'node:timers/promises';
import { createDatabase } from '../src/platform/index.ts';
import { becomeKeeper, exclusively, leaveKeeping, testServer } from './database-server.ts';

/** Stops the test server once nobody has used it for two looks in a row. */
const lookEveryMs = 4000;

if (await becomeKeeper()) {
  let idle = 0;
  while (idle < 2) {
    await pause(lookEveryMs);
    idle = await exclusively(() => lookAndStop(idle));
  }
  await leaveKeeping();
}

/** Number of looks in a row that found nobody; the second one stops the server. In one lock: nobody comes in between. */
async function lookAndStop(idleLooks: number): Promise<number> {
  const server = await testServer();
  const db = createDatabase(server.url, { connections: 1 });
  const { rows } = await db.query<{ users: number }>(
    `select count(*)::int as users from pg_stat_activity
     where backend_type = 'client backend' and pid <> pg_backend_pid()`,
  );
  await db.close();
  if ((rows[0]?.users ?? 0) > 0) return 0;
  if (idleLooks > 0) await server.stop();
  return idleLooks + 1;
}
