import { createPlans } from '../../src/incidents/index.ts';
import { runbookFile } from '../runbook.ts';
import { markdown, plan } from './life-runbook.ts';
import type { Program } from './bundle-life.ts';
import { findBroken, takenButNotCommitted, type Remains } from './find-broken.ts';
import { inherit, untilGone } from './inherit.ts';
import type { KillPoint } from './killable-database.ts';
import { startLife, type Ground, type LifeProcess, type Moment } from './life-process.ts';
import { anyMoment, mailPoints, momentOn } from './moments.ts';
import { spreadPoints } from './spread-points.ts';

/** One life, and what was left of it. */
export interface Death extends Remains {
  readonly point: KillPoint;
  /** False when the life ended before it came to its point. */
  readonly died: boolean;
}

/** Every kill point that a whole life comes by, and deaths at them. */
export interface Matrix {
  readonly points: readonly KillPoint[];
  readonly deaths: readonly Death[];
}

export interface MatrixOptions {
  readonly program: Program;
  /** Lives run on all of them at once. */
  readonly grounds: readonly Ground[];
  /** Deaths. */
  readonly wanted: number;
  /** Hears of all deaths until now, after each. */
  readonly onDeath?: (soFar: Matrix) => void;
}

/**
 * One life after the other on each ground dies at the next point, some in between at any moment. Another responder does what the dead
 * one left, then everything is counted. Ends after `wanted` deaths, or after a quarter more lives.
 */
export async function runMatrix({ program, grounds, wanted, onDeath }: MatrixOptions): Promise<Matrix> {
  const rehearsals = await Promise.all(grounds.map((ground) => rehearse(program, ground)));
  const inTurn = spreadPoints(rehearsals[0] ?? [], mailPoints);
  const points = [...inTurn, anyMoment];
  const missed: KillPoint[] = [];
  const queue = pointsInTurn(inTurn, missed);
  const deaths: Death[] = [];
  let lives = 0;
  let underWay = 0;
  const isOver = (): boolean =>
    deaths.filter((one) => one.died).length + underWay >= wanted || lives > wanted * 1.25;
  const lane = async (ground: Ground, name: string): Promise<void> => {
    const start = (): LifeProcess => startLife(program, ground, `${name}-${(lives += 1)}`);
    let next = start();
    while (!isOver()) {
      const current = next;
      // It loads while the current one lives.
      next = start();
      underWay += 1;
      const point = queue.next().value;
      const death = await liveAndDie(ground, current, {
        point,
        moment: momentOn(ground, point, inTurn.length),
      });
      underWay -= 1;
      deaths.push(death);
      if (!death.died) missed.push(point);
      onDeath?.({ points, deaths });
    }
    next.discard();
  };
  await Promise.all(grounds.map((ground, n) => lane(ground, `lane-${n}`)));
  return { points, deaths };
}

/** Each point once, any moment after every fifth, then those that were missed; and so on. */
function* pointsInTurn(points: readonly KillPoint[], missed: KillPoint[]): Generator<KillPoint, never> {
  for (;;) {
    for (const [n, point] of points.entries()) {
      yield point;
      if (n % 5 === 4) yield anyMoment;
    }
    yield* missed.splice(0);
  }
}

/** A life that nothing ends: what it comes by. */
async function rehearse(program: Program, ground: Ground): Promise<readonly KillPoint[]> {
  await createPlans(ground.db).storePlan(ground.db, { plan, markdown, file: runbookFile });
  const { points } = await startLife(program, ground, 'rehearsal').live('rehearsal', '');
  await forget(ground);
  return points;
}

async function liveAndDie(
  ground: Ground,
  life: LifeProcess,
  { point, moment }: { readonly point: KillPoint; readonly moment: Moment | null },
): Promise<Death> {
  await forget(ground);
  const { died } = await life.live(life.name, point, moment);
  await untilGone(ground, life.name);
  const inDoubt = await takenButNotCommitted(ground);
  await inherit(ground, life.name);
  return { point, died, ...(await findBroken(ground, life.name, inDoubt)) };
}

/** A life before it goes on in nothing: neither in the database, where its clocks would strike, nor at the mail server. */
async function forget({ db, mail }: Ground): Promise<void> {
  mail.received.length = 0;
  await db.query('truncate incidents, messages, inbox, message_pace, timers cascade');
}
