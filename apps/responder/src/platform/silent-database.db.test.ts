import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../test/database.ts';
import { createDatabase, createTogether } from './index.ts';

const { url } = await freshDatabase();
const target = new URL(url);
const walls: Wall[] = [];

/** What lies between us and the database; connections through it can be forgotten: nothing goes through, nobody is told. */
interface Wall {
  forgets: boolean;
}

const server = createServer((near) => {
  const wall: Wall = { forgets: false };
  walls.push(wall);
  const far = connect(Number(target.port), target.hostname);
  pass(near, far, wall);
  pass(far, near, wall);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const through = new URL(url);
through.port = String((server.address() as AddressInfo).port);
const db = createDatabase(through.href, { statementLimitMs: 400 });
afterAll(async () => {
  await db.close();
  server.close();
});

function pass(from: Socket, to: Socket, wall: Wall): void {
  from.on('data', (chunk) => {
    if (!wall.forgets) to.write(chunk);
  });
  from.on('close', () => to.destroy());
  from.on('error', () => to.destroy());
}

test('a connection that has fallen silent is given up, and what comes next goes over another', async () => {
  const together = createTogether(db);
  await together('before', (tx) => tx.query('select 1'));
  for (const wall of walls) wall.forgets = true;
  const ends = await Promise.allSettled([
    together('a', (tx) => tx.query('select 2')),
    together('b', (tx) => tx.query('select 3')),
    db.query('select 4'),
  ]);
  const failed = ends.filter((end) => end.status === 'rejected');
  // Who takes the one connection that there was, is nobody's.
  expect(failed.map((end) => String(end.reason))).toEqual(['Error: Query read timeout']);
  expect((await together('c', (tx) => tx.query<{ n: number }>('select 5 as n'))).rows).toEqual([{ n: 5 }]);
  expect((await db.query<{ n: number }>('select 6 as n')).rows).toEqual([{ n: 6 }]);
});
