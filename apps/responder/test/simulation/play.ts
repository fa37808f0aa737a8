import { compileRunbook } from '../../../../packages/runbook/src/index.ts';
import { createPlans } from '../../src/incidents/index.ts';
import type { Database } from '../../src/platform/index.ts';
import { everyLevel, support, teamOf } from '../people.ts';
import { markdown, plan } from '../runbook.ts';
import { actAtRandom } from './acts.ts';
import { Broken } from './broken.ts';
import { checkAtRest, checkNow } from './check-world.ts';
import { createRandom } from './random.ts';
import { SimulatedStore } from './simulated-store.ts';
import { World, type Setting } from './world.ts';

/** The document that ships, and one with other windows, one level less and no roles. */
const documents = [
  { plan, markdown },
  ...[
    markdown
      .replace('(0-5 minutes)', '(0-3 minutes)')
      .replace('(5-15 minutes)', '(3-15 minutes)')
      .replace('| 0-30 mins |', '| 0-10 mins |')
      .replace('| 30-60 mins |', '| 10-25 mins |')
      .replace('| 60-120 mins |', '| 25+ mins |')
      .replace(/^\| 2\+ hours.*\n/m, ''),
  ].map((text) => ({ plan: compileRunbook(text, { file: 'other.md' }), markdown: text })),
];

const withRoles = { ...everyLevel, 'database-administrator': ['dba'], 'security-engineer': ['security'] };
const teams = [everyLevel, withRoles, { ...everyLevel, 2: [] }, { 1: ['mute'], 3: ['management'] }, {}].map(
  (onCall) =>
    teamOf(onCall, undefined, [
      { ...support, level: 1 },
      { ...support, id: 'line', send: false },
    ]),
);

interface Ground {
  readonly settings: readonly Setting[];
}

/** A store with every document in it; histories are played on it one after the other. */
export async function createGround(): Promise<Ground> {
  const store = new SimulatedStore();
  const db = {
    query: (sql: string, values: readonly unknown[]) => Promise.resolve(store.query(sql, values)),
  };
  const plans = createPlans(db as unknown as Database);
  for (const one of documents)
    await plans.storePlan(db as unknown as Database, { ...one, file: 'outage.md' });
  return {
    settings: documents.flatMap((one) => teams.map((team) => ({ store, plans, plan: one.plan, team }))),
  };
}

/** What happened in a history. */
interface Played {
  readonly deaths: number;
  readonly messages: number;
}

const rests = [0, 0, 500, 6000, 61_000, 200_000, 400_000, 700_000];

/**
 * One history, the same for the same seed. Throws `Broken`, naming the seed and what happened last, when a promise does not
 * hold or the history does not end. `tell` hears of everything that happens before it does.
 */
export async function play(ground: Ground, seed: number, tell?: (what: string) => void): Promise<Played> {
  const setting = createRandom(seed ^ 0x5bd1e995).pick(ground.settings);
  setting.store.clear();
  setting.store.now = 1_800_000_000_000;
  const world = new World(setting, seed, tell);
  try {
    return await unlessItWaits(playOut(world));
  } catch (error) {
    (error as Error).message =
      `history ${seed}: ${(error as Error).message}\nlast: ${world.trail.join(', ')}`;
    throw error;
  }
}

/** A history has nothing to wait for but itself: when the event loop turns before its end, it waits for what never comes. */
async function unlessItWaits<Result>(work: Promise<Result>): Promise<Result> {
  let turn: NodeJS.Immediate | undefined;
  const turned = new Promise<never>((_resolve, reject) => {
    turn = setImmediate(() => reject(new Broken('every-history-ends', 'it waits for what never comes')));
  });
  try {
    return await Promise.race([work, turned]);
  } finally {
    clearImmediate(turn);
  }
}

async function playOut(world: World): Promise<Played> {
  const length = 6 + world.random.below(14);
  for (let turn = 0; turn < length; turn += 1) await takeTurn(world);
  await heal(world);
  checkNow(world);
  checkAtRest(world);
  return { deaths: world.deaths, messages: world.provider.arrived.size };
}

async function takeTurn(world: World): Promise<void> {
  const { random, calm } = world;
  if (!calm) await mishap(world);
  const restMs = random.pick(rests);
  const passes = calm || random.chance(0.7);
  world.happens(`${restMs} ms ${passes ? 'pass' : 'and more are slept through'}`);
  await (passes ? world.pass(restMs) : world.jump(3 * restMs));
  await actAtRandom(world);
  if (calm || random.chance(0.8)) await world.work();
  checkNow(world);
}

/** Responders die between any two statements, hang, come back. */
async function mishap(world: World): Promise<void> {
  const { random, replicas } = world;
  for (const replica of replicas) if (replica.frozen && random.chance(0.5)) await world.thaw(replica);
  if (random.chance(0.6)) world.restart();
  const victim = random.pick(replicas);
  if (random.chance(0.15)) victim.statementsLeft = random.below(80) / 2;
  if (random.chance(0.03)) world.kill(victim);
}

/** Everybody is well; whatever was due or held comes to its end. */
async function heal(world: World): Promise<void> {
  world.happens('everybody is well');
  world.provider.healed = true;
  for (const replica of world.replicas) {
    if (replica.frozen) await world.thaw(replica);
    replica.statementsLeft = Number.POSITIVE_INFINITY;
  }
  world.restart();
  await world.pass(60_000);
}
