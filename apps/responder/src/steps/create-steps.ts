import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Actor } from '#incidents';
import {
  startRowWorker,
  type Database,
  type Logger,
  type RowContext,
  type RowWorker,
  type Transaction,
} from '#platform';
import { gatherEvidence } from './evidence/gather-evidence.ts';
import { readEvidence, type EvidenceRecord } from './evidence/keep-evidence.ts';
import { enqueue } from './jobs/enqueue.ts';
import { jobsChannel, type JobRow, type StepsCommand } from './jobs/job.ts';
import type { ApiServer } from './pipeline/clean-environment.ts';
import { createLiveOutputs, type LiveOutput } from './live-outputs.ts';
import { findPrograms } from './pipeline/allowed-programs.ts';
import { Limiter } from './pipeline/limiter.ts';
import { endOrphans, makeProgramHome } from './pipeline/program-home.ts';
import type { ConnectionUse } from './live-view.ts';
import type { StepsCluster, StepsIncidents, StepsPlans, StepsService } from './ports.ts';
import { prepareAsked } from './prepare/prepare-asked.ts';
import { prepareSteps } from './prepare/prepare-steps.ts';
import { prepareUndo } from './prepare/prepare-undo.ts';
import { knownSecrets } from './probes/tenant-token.ts';
import { runStep } from './run/run-step.ts';
import { smokeTest } from './smoke/smoke-test.ts';
import type { StepsRoom } from './steps-room.ts';

export interface StepsOptions {
  readonly db: Database;
  readonly incidents: StepsIncidents;
  readonly plans: StepsPlans;
  readonly cluster: StepsCluster;
  readonly service: StepsService;
  /** For kubectl; null inside a pod, where kubectl finds the service account by itself. */
  readonly kubeconfigPath: string | null;
  /** As the pod's environment names it; null or absent elsewhere. */
  readonly apiServer?: ApiServer | null;
  /** Absolute path, or null: reads and changes are then answered by typed calls, and labelled so. */
  readonly kubectlPath: string | null;
  /** Where curl, psql and redis-cli are looked for, as in `$PATH`. */
  readonly searchPath: string;
  readonly log: Logger;
  /** Connections of the database as measured last; null where nobody does. */
  readonly connections?: () => ConnectionUse | null;
  /** Nodes that give no logs: a read does not wait long for them. Absent: none is known. */
  readonly muteNodes?: () => ReadonlySet<string>;
  /** Whose rights a person's changes have on the cluster; null, or absent: our own. */
  readonly clusterUserOf?: (actor: Actor) => string | null;
  /** Resolves when no page is being sent; reads wait for that. */
  readonly pagesOut?: () => Promise<void>;
  /** Programs that run at once; 8 by default. */
  readonly processes?: number;
  /** Time between two looks at the cluster after a change, milliseconds; 500 by default. */
  readonly pollMs?: number;
  /** How long the effect of a change may take to show, milliseconds; 120 000 by default. */
  readonly effectMs?: number;
  /** How long a change that was under way at a crash may take to show, milliseconds; 10 000 by default. */
  readonly findOutMs?: number;
  /** Lease of a claimed job, milliseconds; 5000 by default. */
  readonly leaseMs?: number;
  /** How often a lease is renewed, milliseconds; 1000 by default. */
  readonly renewMs?: number;
}

/** The steps room: evidence, prepared changes, approved steps, smoke tests. */
export interface Steps {
  /** Stores a command in the transaction that decided it. */
  enqueue(tx: Transaction, incidentId: string, command: StepsCommand): Promise<void>;
  start(): Promise<void>;
  /** Takes no more work, ends every process it started, waits for them. */
  stop(): Promise<void>;
  /** The whole text of one evidence, or null. */
  readEvidence(id: string): Promise<EvidenceRecord | null>;
  /** What the programs that run for an incident right now, in this responder, have written so far. */
  liveOutput(incidentId: string): Promise<readonly LiveOutput[]>;
}

/** Starting a program holds up this process: between two of them there is time for a page. */
const readGapMs = 30;

/** Makes the room; nothing runs before `start`. */
export function createSteps(options: StepsOptions): Steps {
  const { db, log, service } = options;
  let workers: readonly RowWorker[] = [];
  let home: string | null = null;
  const live = createLiveOutputs();
  return {
    enqueue,
    readEvidence: (id) => readEvidence(db, id),
    liveOutput: async (incidentId) => live.of(incidentId, await knownSecrets(service)),
    async start() {
      const ended = await endOrphans(tmpdir());
      if (ended > 0) log.warn({ ended }, 'programs of a killed responder were ended');
      home = await makeProgramHome(tmpdir());
      const runner = {
        programs: findPrograms(options.searchPath, options.kubectlPath),
        kubeconfig: options.kubeconfigPath,
        apiServer: options.apiServer ?? null,
        home,
        limiter: new Limiter(options.processes ?? 10, readGapMs),
        yields: true,
      };
      const room = roomOf(options, { runner, live });
      // Two workers: a wave of reads must not hold up an approved step.
      const changeRunner = { ...runner, limiter: new Limiter(4), yields: false };
      workers = await Promise.all([
        // A read may be done twice: a short lease lets another take it over soon.
        startWorker(
          room,
          { leaseMs: 2000, renewMs: 500, ...options },
          { kinds: `kind = 'gather-evidence'`, concurrency: 24 },
        ),
        startWorker({ ...room, runner: changeRunner }, options, {
          kinds: `kind <> 'gather-evidence'`,
          concurrency: 4,
        }),
      ]);
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
      workers = [];
      if (home !== null) await rm(home, { recursive: true, force: true });
    },
  };
}

/** What was left to us is as most would have it. */
function roomOf(options: StepsOptions, own: Pick<StepsRoom, 'runner' | 'live'>): StepsRoom {
  const { db, log, cluster, service, incidents, plans } = options;
  return {
    db,
    log,
    cluster,
    service,
    incidents,
    plans,
    ...own,
    connections: options.connections ?? (() => null),
    muteNodes: options.muteNodes ?? (() => new Set()),
    clusterUserOf: options.clusterUserOf ?? (() => null),
    pagesOut: options.pagesOut ?? (() => Promise.resolve()),
    pollMs: options.pollMs ?? 500,
    effectMs: options.effectMs ?? 120_000,
    findOutMs: options.findOutMs ?? 10_000,
  };
}

function startWorker(
  room: StepsRoom,
  options: StepsOptions,
  which: { readonly kinds: string; readonly concurrency: number },
): Promise<RowWorker> {
  return startRowWorker<JobRow>({
    db: room.db,
    log: room.log,
    table: 'jobs',
    pending: `state in ('queued', 'running') and ${which.kinds}`,
    claimSet: `state = 'running', attempts = attempts + 1`,
    wakeChannel: jobsChannel,
    concurrency: which.concurrency,
    ...(options.leaseMs === undefined ? {} : { leaseMs: options.leaseMs }),
    ...(options.renewMs === undefined ? {} : { renewMs: options.renewMs }),
    perform: (job, context) => perform(room, job, context),
  });
}

async function perform(room: StepsRoom, job: JobRow, context: RowContext): Promise<void> {
  switch (job.kind) {
    case 'gather-evidence':
      return gatherEvidence(room, job, context);
    case 'prepare-steps':
      return prepareSteps(room, job, context);
    case 'prepare-undo':
      return prepareUndo(room, job, context);
    case 'prepare-asked':
      return prepareAsked(room, job, context);
    case 'run-step':
      return runStep(room, job, context);
    case 'smoke-test':
      return smokeTest(room, job, context);
    default:
      return job.kind satisfies never;
  }
}
