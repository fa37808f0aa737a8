import type { Check, Step } from '#incidents';
import { AppError, databaseNow, type RowContext } from '#platform';
import { applyOrLog } from '../apply-or-log.ts';
import { keepEvidence } from '../evidence/keep-evidence.ts';
import { findAction } from '../find-action.ts';
import type { JobRow } from '../jobs/job.ts';
import { readLiveView } from '../live-view.ts';
import { readChange } from '../prepare/change.ts';
import { ownChanges } from '../prepare/own-changes.ts';
import { knownSecrets } from '../probes/tenant-token.ts';
import { stepsActor } from '../ports.ts';
import { loadIncident, type StepsRoom } from '../steps-room.ts';
import { actAndWatch, type Acted, type Acting } from './act-and-watch.ts';
import type { CarriedOut } from './carry-out.ts';
import { claimTargets, releaseTargets } from './claim-targets.ts';
import { foundText, isWritten } from './found-text.ts';
import { holds, type Before } from './post-check.ts';
import { recheck } from './recheck.ts';
import { targetsOf } from './targets-of.ts';
import { watchPostCheck } from './watch-post-check.ts';
import { watchStop } from './watch-stop.ts';

/** How a step ended, as the incident is told. */
interface Ending {
  readonly outcome: 'succeeded' | 'failed' | 'unknown' | 'blocked';
  readonly text: string;
  readonly postChecks: readonly Check[];
  readonly evidenceId: string | null;
}

/**
 * Runs one approved step, at most once:
 * not started   -> fresh reads, checks and binding hash again -> the incident says `step-started` (only one caller can make it so)
 *               -> the job row is marked -> the cluster is touched -> the post-check decides
 * started, and the row comes back (the responder died) -> never run again: the cluster is read, the outcome is found or unknown
 */
export async function runStep(room: StepsRoom, job: JobRow, context: RowContext): Promise<void> {
  const stepId = String(job.payload['stepId']);
  const { incident } = await loadIncident(room, job.incident_id);
  const step = incident.steps.find((one) => one.id === stepId);
  if (step === undefined || step.endedAt !== null)
    room.log.warn({ stepId, job: job.id }, 'the step is not there or has already ended');
  else {
    const started = job.started_at !== null || step.startedAt !== null;
    const ending = started ? await findOut(room, step, job, context) : await begin(room, step, job, context);
    if (ending !== null)
      await applyOrLog(room, job.incident_id, { kind: 'step-finished', stepId, ...ending });
  }
  await releaseTargets(room.db, { incidentId: job.incident_id, stepId });
  await context.update(room.db, `state = 'done', done_at = clock_timestamp()`);
}

async function begin(room: StepsRoom, step: Step, job: JobRow, context: RowContext): Promise<Ending | null> {
  const { live, action, about } = await lookAgain(room, step, job, context.signal);
  const checks = recheck(step, live, about, action?.check);
  const failed = checks.filter((check) => !check.ok && !step.overridden?.checks.includes(check.name));
  if (failed.length > 0)
    return { ...blocked(failed.map((one) => `${one.name}: ${one.text}`).join('; ')), postChecks: checks };
  const refusal = await start(room, job.incident_id, step.id);
  if (refusal !== null) return refused(room, refusal, { step, job, context });
  const before: Before = {
    generation: typeof live === 'string' ? null : (live.workload?.generation ?? null),
  };
  const mark = `started_at = clock_timestamp(), payload = payload || $3::jsonb`;
  await context.update(room.db, mark, [JSON.stringify({ before })], { keepLease: true });
  const timeoutMs = action?.timeoutMs ?? null;
  const as = approverOnCluster(room, step);
  return act(room, { step, job, before, timeoutMs, as, signal: context.signal });
}

/** The cluster as it is now, and who else changes something; takes the step's target where nobody else has it. */
async function lookAgain(room: StepsRoom, step: Step, job: JobRow, signal: AbortSignal) {
  const live = await readLiveView(room, readChange(step.pipeline), signal).catch(
    (error: unknown) => (error as Error).message,
  );
  signal.throwIfAborted();
  const { incident, plan } = await loadIncident(room, job.incident_id);
  const action = findAction({ plan, incident }, step.actionId);
  const claimant = { incidentId: job.incident_id, stepId: step.id };
  const held = await claimTargets(room.db, targetsOf(step, room.service), claimant);
  const running = incident.steps
    .filter((one) => one.id !== step.id && one.status === 'running')
    .map((one) => one.command);
  const about = {
    runningSteps: held === null ? running : [...running, held],
    ours: ownChanges(incident, step.target),
    takesBack: step.undoes !== undefined || action?.purpose === 'undo',
  };
  return { live, action, about };
}

/** Asks the incident for the start; why not, or null. */
async function start(room: StepsRoom, incidentId: string, stepId: string): Promise<string | null> {
  try {
    await room.incidents.apply(incidentId, { kind: 'step-started', stepId }, stepsActor);
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.message;
  }
}

/**
 * The incident did not let it start: blocked with that reason. When somebody else has started it, that one has lost the row
 * to us and will not tell how it ended: it is found out here, or the step would run for ever.
 */
async function refused(
  room: StepsRoom,
  reason: string,
  { step, job, context }: { readonly step: Step; readonly job: JobRow; readonly context: RowContext },
): Promise<Ending | null> {
  const { incident } = await loadIncident(room, job.incident_id);
  const now = incident.steps.find((one) => one.id === step.id);
  if (now === undefined || now.endedAt !== null) return null;
  return now.startedAt === null ? blocked(`not started: ${reason}`) : findOut(room, now, job, context);
}

function blocked(text: string): Ending {
  return { outcome: 'blocked', text, postChecks: [], evidenceId: null };
}

async function act(room: StepsRoom, one: StepToAct): Promise<Ending> {
  const { step, job, as, signal } = one;
  const startedAt = await databaseNow(room.db);
  const { carried, checks, endedByUs, stopped } = await actUnlessStopped(room, one);
  // Stopping, or the row is lost: whoever has it next reads the outcome from the cluster.
  signal.throwIfAborted();
  const evidenceId = `ev_${job.id}`;
  const reason = `${carried.how}${as === null ? '' : ` as ${as}`}${endedByUs ? ', ended once the post-check held' : ''}`;
  const result = {
    mode: carried.how === 'kubectl' ? ('as-written' as const) : ('equivalent' as const),
    outcome: carried.ok || endedByUs ? ('ended' as const) : ('failed' as const),
    reason,
    exitCode: carried.exitCode,
    stdout: carried.stdout,
    stderr: carried.stderr,
    bytes: Buffer.byteLength(carried.stdout),
    droppedBytes: 0,
  };
  const secrets = await knownSecrets(room.service);
  const { actionId, command } = step;
  await keepEvidence(room.db, {
    id: evidenceId,
    incidentId: job.incident_id,
    actionId,
    command,
    startedAt,
    result,
    secrets,
  });
  const judged = judge(carried, checks, reason);
  const text =
    stopped === null ? judged.text : `stopped (${stopped}), with all that it had started; ${judged.text}`;
  return { outcome: judged.outcome, text, postChecks: checks, evidenceId };
}

type StepToAct = Pick<Acting, 'before' | 'timeoutMs' | 'as' | 'signal'> & {
  readonly step: Step;
  readonly job: JobRow;
};

/** Carries it out unless somebody stops it; then the program's whole tree has been ended, and the cluster is read once more. */
async function actUnlessStopped(
  room: StepsRoom,
  { step, job, ...how }: StepToAct,
): Promise<Acted & { readonly stopped: string | null }> {
  const stop = await watchStop(room, job.incident_id, step.id);
  try {
    const signal = AbortSignal.any([how.signal, stop.signal]);
    const live = room.live.open(job.incident_id, step);
    const acting = { ...how, signal, pipeline: step.pipeline, onText: live.add };
    const acted = await actAndWatch(room, acting).finally(live.close);
    const stopped = stop.why();
    if (stopped === null || how.signal.aborted) return { ...acted, stopped };
    const looking = { change: readChange(step.pipeline), before: how.before, signal: how.signal };
    return { ...acted, checks: await watchPostCheck(room, { ...looking, limitMs: 0 }), stopped };
  } finally {
    stop.close();
  }
}

/** Who approved last, as the cluster knows them; null: our own rights. */
function approverOnCluster({ clusterUserOf }: StepsRoom, { approvals }: Step): string | null {
  const last = approvals.findLast((one) => one.by.kind !== 'system');
  return last === undefined ? null : clusterUserOf(last.by);
}

/** The post-check decides; only where nothing can be looked at does the exit code. */
function judge(carried: CarriedOut, checks: readonly Check[], how: string): Pick<Ending, 'outcome' | 'text'> {
  const said = (carried.stderr || carried.stdout).trim().split('\n').at(-1)?.slice(0, 300) ?? '';
  if (checks.length === 0)
    return carried.ok
      ? { outcome: 'succeeded', text: `${how}: ended without error; no post-check is known for this command` }
      : { outcome: 'failed', text: `${how}: ${said}` };
  if (holds(checks))
    return { outcome: 'succeeded', text: `${how}; ${checks.map((check) => check.text).join('; ')}` };
  const missing = checks.filter((check) => !check.ok).map((check) => check.text);
  return {
    outcome: 'failed',
    text: `${how}; not as it should be: ${missing.join('; ')}${carried.ok ? '' : ` (${said})`}`,
  };
}

async function findOut(room: StepsRoom, step: Step, job: JobRow, context: RowContext): Promise<Ending> {
  const before = (job.payload['before'] ?? { generation: null }) as Before;
  const watching = { change: readChange(step.pipeline), before, signal: context.signal };
  const first = await watchPostCheck(room, { ...watching, limitMs: room.findOutMs });
  // What was written goes on by itself: it gets the time that it would have had.
  const checks =
    isWritten(first) && !holds(first)
      ? await watchPostCheck(room, { ...watching, limitMs: room.effectMs })
      : first;
  context.signal.throwIfAborted();
  return {
    outcome: holds(checks) ? 'succeeded' : 'unknown',
    text: foundText(checks),
    postChecks: checks,
    evidenceId: null,
  };
}
