import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Database } from '../../src/platform/index.ts';
import type { startMailServer } from '../mail-server.ts';
import { plan } from './life-runbook.ts';
import type { Program } from './bundle-life.ts';
import type { KillPoint } from './killable-database.ts';

/** A database and a mail server on which one life follows the other. */
export interface Ground {
  readonly db: Database;
  readonly mail: Awaited<ReturnType<typeof startMailServer>>;
}

/** A process that has started and waits to live. */
export interface LifeProcess {
  /** Its database connections carry this. */
  readonly name: string;
  /** Dies at the named point, or at the moment. */
  live(service: string, killAt: KillPoint, moment?: Moment | null): Promise<Lived>;
  /** Ends it where it never lived. */
  discard(): void;
}

/** How a life went. */
export interface Lived {
  readonly died: boolean;
  /** The kill points that it came by, in order. */
  readonly points: readonly KillPoint[];
}

/** A moment that only others than the process see: waits for it and then calls `kill`. */
export interface Moment {
  await(kill: () => void): void;
  /** Hears how many kill points the process has come by. */
  hear(points: number): void;
  forget(): void;
}

/** Starts the program of a life. */
export function startLife(program: Program, { db, mail }: Ground, name: string): LifeProcess {
  const one = spawn(process.execPath, [program.file, db.url, mail.url, plan.hash, name], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: program.env,
  });
  const ended = once(one, 'close');
  const points: KillPoint[] = [];
  return {
    name,
    live: async (service, killAt, moment) => {
      moment?.await(() => one.kill('SIGKILL'));
      createInterface({ input: one.stdout }).on('line', (point) => {
        points.push(point);
        moment?.hear(points.length);
      });
      one.stdin.write(`${JSON.stringify({ service, killAt })}\n`);
      await ended;
      moment?.forget();
      return { died: one.signalCode === 'SIGKILL', points };
    },
    discard: () => one.kill('SIGKILL'),
  };
}
