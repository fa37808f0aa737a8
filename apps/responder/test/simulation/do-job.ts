import type { Diagnosis } from '../../src/diagnosis/index.ts';
import type { Actor, InputBody, LaterInput } from '../../src/incidents/index.ts';
import { AppError, type Transaction } from '../../src/platform/index.ts';
import { evidence, step } from '../outage-facts.ts';
import type { Replica } from './replica.ts';
import type { World } from './world.ts';

/** A row of `jobs`: what the steps room is asked for. */
export interface SimulatedJob {
  readonly id: string;
  readonly incident_id: string;
  readonly kind: 'gather-evidence' | 'prepare-steps' | 'run-step' | 'smoke-test';
  readonly payload: Readonly<Record<string, unknown>>;
  readonly started_at: number | null;
}

const steps: Actor = { kind: 'system', id: 'steps' };

/** The steps room in short: answers at once, and marks a change as started before it touches the cluster. */
export function doJob(world: World, replica: Replica, job: SimulatedJob): Promise<void> {
  return job.kind === 'run-step' ? runStep(world, replica, job) : end(replica, job, answerOf(world, job));
}

async function runStep(world: World, replica: Replica, job: SimulatedJob): Promise<void> {
  const stepId = String(job.payload['stepId']);
  const finish = (outcome: 'succeeded' | 'failed' | 'unknown' | 'blocked'): Promise<void> =>
    end(replica, job, {
      kind: 'step-finished',
      stepId,
      outcome,
      text: outcome,
      postChecks: [],
      evidenceId: null,
    });
  if (job.started_at !== null) return finish('unknown');
  const started = await replica.db.transact(async (tx) => {
    const taken = await tell(replica, tx, job, { kind: 'step-started', stepId });
    if (taken) await tx.query('update jobs set started_at = clock_timestamp() where id = $1', [job.id]);
    return taken;
  });
  if (!started) return finish('blocked');
  const ran = `${job.incident_id} ${stepId}`;
  world.ran.set(ran, (world.ran.get(ran) ?? 0) + 1);
  return finish(world.random.pick(['succeeded', 'succeeded', 'failed']));
}

function end(replica: Replica, job: SimulatedJob, body: LaterInput): Promise<void> {
  return replica.db.transact(async (tx) => {
    await tell(replica, tx, job, body);
    await tx.query(`update jobs set state = 'done', done_at = clock_timestamp() where id = $1`, [job.id]);
  });
}

/** False when the incident refuses it. */
async function tell(
  replica: Replica,
  tx: Transaction,
  job: SimulatedJob,
  body: LaterInput,
): Promise<boolean> {
  try {
    await replica.incidents.applyIn(tx, job.incident_id, body, steps);
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return false;
  }
}

type Answer = Extract<InputBody, { readonly kind: 'evidence' | 'steps-prepared' | 'smoke-tested' }>;

function answerOf(world: World, { id, kind, payload }: SimulatedJob): Answer {
  if (kind === 'gather-evidence')
    return {
      kind: 'evidence',
      evidence: { ...evidence(String(payload['actionId']), world.now), id: `evidence-${id}` },
    };
  if (kind === 'smoke-test')
    return { kind: 'smoke-tested', checks: [{ name: 'health', ok: world.random.chance(0.8), text: '200' }] };
  const { actionIds, diagnosis } = payload as {
    readonly actionIds: readonly string[];
    readonly diagnosis: Diagnosis;
  };
  const values = { 'node-name': diagnosis.subject.slice(diagnosis.subject.indexOf('/') + 1) };
  const offers = actionIds.map((actionId, index) =>
    step(`${actionId}-${id}`, { actionId, values, approvalsNeeded: 1 + (index % 2), bindingHash: actionId }),
  );
  return { kind: 'steps-prepared', steps: offers };
}
