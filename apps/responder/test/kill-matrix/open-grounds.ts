import { afterAll } from 'vitest';
import { testDatabase } from '../database.ts';
import { startMailServer } from '../mail-server.ts';
import { bundleLife, type Program } from './bundle-life.ts';
import type { Ground } from './life-process.ts';

/** Two grounds, for two cores, and the program of a life; gone after the test file. */
export async function openGrounds(): Promise<{
  readonly grounds: readonly Ground[];
  readonly program: Program;
}> {
  const grounds = [
    { db: await testDatabase(), mail: await startMailServer() },
    { db: await testDatabase(), mail: await startMailServer() },
  ];
  const program = await bundleLife();
  afterAll(async () => {
    for (const { mail } of grounds) await mail.close();
    program.remove();
  });
  return { grounds, program };
}
