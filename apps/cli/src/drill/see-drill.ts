import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, type IncidentView, UnreachableError } from '@tocsin/contract';
import { clientOf } from '../connect.ts';
import type { RunFile } from '../up/state.ts';
import { account } from './account.ts';
import { namedCauses } from './named-causes.ts';
import { drillPorts } from './drill-ports.ts';
import type { DrillSpec } from './drill-spec.ts';
import { findIncident } from './follow.ts';
import { type OpenDrill, openDrill } from './open-drill.ts';
import { createSandboxClient, readSandbox, type SandboxClient } from './sandbox-client.ts';
import { scoreSeeing, type SeeingCard } from './score-seeing.ts';
import { emptySighting, look, type Sighting } from './sighting.ts';
import { spreadIfNeeded } from './spread-pods.ts';
import { isWhole, waitWhole } from './wait-whole.ts';

export interface SeeOptions {
  readonly spec: DrillSpec;
  readonly run: () => RunFile;
  /** Stability watch of the drill's incidents; null keeps the document's, so that one fault stays one incident. */
  readonly holdMs: number | null;
  readonly stop: AbortSignal;
  readonly say: (text: string) => void;
  /** Called right before the injection and after the end, for who wants to watch too. */
  readonly around?: DrillObserver;
  /** Watch at least so long, for who compares. */
  readonly watchAtLeastMs?: number;
}

/** Somebody who looks at the same drill with other eyes. */
export interface DrillObserver {
  before(spec: DrillSpec): Promise<void>;
  /** Everything has been watched, and the fault is still there. */
  beforeLift(injectedAt: string): Promise<void>;
  after(spec: DrillSpec, times: DrillTimes): Promise<void>;
}

export interface DrillTimes {
  readonly injectedAt: string;
  readonly clearedAt: string;
  readonly subject: string;
}

/** Two or three requests a look; the responder allows several hundred a minute. */
const lookEveryMs = 500;
const lookWhileEndingMs = 1000;
/** What is right must stay right for this long. */
const settleMs = 5000;
const wholeLimitMs = 180_000;
const overLimitMs = 150_000;
const overStates = new Set<IncidentView['status']>(['verified', 'stable', 'resolved']);

/** Injects the fault, watches what is said of it until that is settled or the time is over, lifts it, and judges what was seen. */
export async function seeDrill(options: SeeOptions): Promise<SeeingCard> {
  const { spec, say, stop } = options;
  const run = options.run();
  if (run.sandboxFile === null)
    throw new Error(
      `drill ${spec.name}: this stack watches a real cluster; faults are injected in the sandbox only`,
    );
  const ready = readSandbox(run.sandboxFile);
  const sandbox = createSandboxClient(ready);
  const client = clientOf(run, 'drill');
  await waitWhole({ sandbox, client, stop, limitMs: wholeLimitMs });
  if (await spreadIfNeeded(sandbox, ready, say))
    await waitWhole({ sandbox, client, stop, limitMs: wholeLimitMs });
  await options.around?.before(spec);
  const startedAtMs = Date.now();
  const drill = await openDrill(drillPorts({ run, sandbox, say }), {
    name: spec.name,
    holdMs: options.holdMs,
    fault: spec.fault,
    target: spec.target ?? {},
  });
  try {
    return await watch(options, { sandbox, client, startedAtMs, drill });
  } finally {
    await drill.close();
  }
}

interface Watching {
  readonly sandbox: SandboxClient;
  readonly client: Client;
  readonly startedAtMs: number;
  readonly drill: OpenDrill;
}

async function watch(options: SeeOptions, watching: Watching): Promise<SeeingCard> {
  const { spec, say, stop } = options;
  const { drill, sandbox, client, startedAtMs } = watching;
  const { fault } = drill;
  say(`${spec.name}: ${spec.fault} on ${fault.subject}`);
  const sighting = await watchUntilSettled(options, watching);
  await options.around?.beforeLift(fault.injectedAt);
  const clearedAt = new Date().toISOString();
  await drill.liftFault();
  if (stop.aborted) throw new Error(`drill ${spec.name}: stopped before its end; no score`);
  const overAfterLiftMs = await untilOver(watching, sighting.incident, stop);
  await options.around?.after(spec, { injectedAt: fault.injectedAt, clearedAt, subject: fault.subject });
  const observation = await account(options.run(), {
    incident: sighting.incident && (await client.getIncident(sighting.incident.id)),
    fault,
    sandbox,
    startedAtMs,
    liftedAtLimit: false,
    noStep: null,
    clientErrorRatioAfter: null,
    approved: false,
    harmed: sighting.harmed,
    named: sighting.incident === null ? [] : namedCauses([], sighting.incident),
  });
  const impactStartAt = sighting.incident?.times.impactStartAt ?? null;
  const harmAfterMs =
    impactStartAt === null ? null : Date.parse(impactStartAt) - Date.parse(fault.injectedAt);
  return scoreSeeing(spec, { sighting, observation, harmAfterMs, overAfterLiftMs });
}

/** Looks until what is expected has stood for a while, or the drill's time is over. */
async function watchUntilSettled(
  { spec, stop, watchAtLeastMs = 0 }: SeeOptions,
  { client, drill }: Watching,
): Promise<Sighting> {
  const injectedAtMs = Date.parse(drill.fault.injectedAt);
  let sighting = emptySighting(drill.fault.subject);
  for (;;) {
    const afterMs = Date.now() - injectedAtMs;
    const { completeAfterMs } = sighting;
    const isSettled = completeAfterMs !== null && afterMs - completeAfterMs >= settleMs;
    const limitMs = isSettled ? watchAtLeastMs : Math.max(spec.watchMs, watchAtLeastMs);
    if (stop.aborted || afterMs >= limitMs) return sighting;
    const seen = await lookOnce(client, drill.id, sighting.incident);
    if (seen !== null) sighting = look(sighting, spec, { afterMs: Date.now() - injectedAtMs, ...seen });
    await sleep(lookEveryMs);
  }
}

async function lookOnce(client: Client, drillId: string, known: IncidentView | null) {
  try {
    const [status, incident] = await Promise.all([
      client.status(),
      known === null ? findIncident(client, drillId) : client.getIncident(known.id),
    ]);
    return { status, incident };
  } catch (error) {
    if (error instanceof UnreachableError) return null;
    throw error;
  }
}

/**
 * Waits until the incident's recovery is verified, the platform is whole and all is quiet; milliseconds it took, or null when that did
 * not come, or there is no incident.
 */
async function untilOver(
  { sandbox, client }: Watching,
  incident: IncidentView | null,
  stop: AbortSignal,
): Promise<number | null> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < overLimitMs && !stop.aborted) {
    const [platform, said, seen] = await Promise.all([
      sandbox.status(),
      client.status(),
      incident && client.getIncident(incident.id),
    ]);
    const isOver = seen === null || overStates.has(seen.status);
    if (isOver && isWhole(platform) && said.verdict === 'quiet')
      return seen === null ? null : Math.round(performance.now() - startedAt);
    await sleep(lookWhileEndingMs);
  }
  return null;
}
