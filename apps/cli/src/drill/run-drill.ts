import type { IncidentView } from '@tocsin/contract';
import { clientOf } from '../connect.ts';
import type { RunFile } from '../up/state.ts';
import { account } from './account.ts';
import { drillPorts } from './drill-ports.ts';
import type { DrillSpec } from './drill-spec.ts';
import { followAnswered, followUnanswered } from './follow-to-end.ts';
import { harmedTenants } from './harmed-tenants.ts';
import type { NamedCause } from './judge-causes.ts';
import { type OpenDrill, openDrill } from './open-drill.ts';
import { killResponder } from './kill-responder.ts';
import { namedCauses } from './named-causes.ts';
import {
  createSandboxClient,
  type InjectedFault,
  readSandbox,
  type SandboxClient,
} from './sandbox-client.ts';
import { type ScoreCard, score } from './score.ts';
import { settle } from './settle.ts';
import { spreadIfNeeded } from './spread-pods.ts';
import { waitWhole } from './wait-whole.ts';

const readyLimitMs = 180_000;

export interface DrillOptions {
  readonly spec: DrillSpec;
  readonly run: () => RunFile;
  readonly approve: boolean;
  /** Shortens the stability watch; null keeps the document's. */
  readonly holdMs: number | null;
  readonly limitMs: number;
  readonly node: string | null;
  /** Kill the responder with -9 this long after the first page; null does not. */
  readonly killAfterPageMs: number | null;
  /** Aborted when the drill shall end early: the fault is lifted, nothing is scored. */
  readonly stop: AbortSignal;
  readonly say: (text: string) => void;
}

/** Injects the fault, follows the response, lifts the fault, and judges what was seen. */
export async function runDrill(options: DrillOptions): Promise<ScoreCard> {
  const { spec, say } = options;
  const run = options.run();
  if (run.sandboxFile === null)
    throw new Error(
      `drill ${spec.name}: this stack watches a real cluster; faults are injected in the sandbox only`,
    );
  const { sandboxFile } = run;
  const sandbox = createSandboxClient(readSandbox(sandboxFile));
  await waitReady(options, sandbox);
  if (options.node === null && (await spreadIfNeeded(sandbox, readSandbox(sandboxFile), say)))
    await waitReady(options, sandbox);

  const startedAtMs = Date.now();
  const target = options.node === null ? spec.target : { node: options.node };
  const drill = await openDrill(drillPorts({ run, sandbox, say }), {
    name: spec.name,
    holdMs: options.holdMs === null ? null : Math.max(options.holdMs, spec.holdAtLeastMs ?? 0),
    fault: spec.fault,
    target: target ?? {},
  });
  try {
    return await play(options, { sandbox, startedAtMs, drill });
  } finally {
    await drill.close();
  }
}

interface Playing {
  readonly sandbox: SandboxClient;
  readonly startedAtMs: number;
  readonly drill: OpenDrill;
}

async function play(options: DrillOptions, { sandbox, startedAtMs, drill }: Playing): Promise<ScoreCard> {
  const { spec, say } = options;
  const { fault } = drill;
  const run = options.run();
  say(`injected ${spec.fault} on ${fault.subject}`);
  const killing = killResponder(options);
  let harmed: readonly string[] = [];
  let named: readonly NamedCause[] = [];
  const following = {
    client: clientOf(run, 'drill'),
    drillId: drill.id,
    players: options.approve ? [player(run, 'primary'), player(run, 'second-approver')] : [],
    limitMs: options.limitMs,
    stop: options.stop,
    onIncident: narrator(fault, say, (seen) => {
      killing.look(seen);
      harmed = harmedTenants(harmed, seen);
      named = namedCauses(named, seen);
    }),
    say,
  };
  const isUnanswered = options.approve && spec.resolution === 'none';
  const { incident, ...end } = await (isUnanswered ? followUnanswered : followAnswered)(
    following,
    spec,
    drill,
  );
  const clientErrorRatioAfter = await errorsAfter(sandbox, incident);
  if (options.stop.aborted) throw new Error(`drill ${spec.name}: stopped before its end; no score`);
  const seen = await account(run, {
    incident,
    fault,
    sandbox,
    startedAtMs,
    ...end,
    clientErrorRatioAfter,
    approved: options.approve,
    harmed,
    named: end.named ?? (incident === null ? named : namedCauses(named, incident)),
  });
  await drill.liftFault();
  await settle({ sandbox, client: clientOf(run, 'drill'), sinceMs: startedAtMs, stop: options.stop });
  return score(spec, seen);
}

const player = (run: RunFile, id: string) => ({ id, client: clientOf(run, id) });

/** Requests that an independent client made from a second after the verification on; some must have come. */
async function errorsAfter(sandbox: SandboxClient, incident: IncidentView | null): Promise<number | null> {
  const verifiedAt = incident?.times.verifiedAt ?? null;
  if (verifiedAt === null) return null;
  return sandbox.clientErrorRatioSince(Date.parse(verifiedAt) + 1000);
}

/** A drill must begin on a whole platform and a quiet service. Throws, with what is missing, after three minutes. */
async function waitReady({ run, stop, say }: DrillOptions, sandbox: SandboxClient): Promise<void> {
  const client = clientOf(run(), 'drill');
  const { verdict, reason } = await client.status();
  if (verdict !== 'quiet') say(`waiting for a quiet service (now ${verdict}: ${reason})`);
  await waitWhole({ sandbox, client, stop, limitMs: readyLimitMs });
}

/** Tells the story as it happens, each chapter once. */
function narrator(fault: InjectedFault, say: (text: string) => void, look: (incident: IncidentView) => void) {
  const told = new Set<string>();
  const once = (key: string, at: string | null, text: () => string): void => {
    if (at === null || told.has(key)) return;
    told.add(key);
    say(`${((Date.parse(at) - Date.parse(fault.injectedAt)) / 1000).toFixed(1)} s  ${text()}`);
  };
  return (incident: IncidentView): void => {
    look(incident);
    const { times } = incident;
    const [best] = incident.diagnoses;
    once('detected', times.detectedAt, () => `detected: ${incident.title}`);
    once('severity', times.detectedAt, () => `${incident.severity}: ${incident.severityReason}`);
    for (const page of incident.pages)
      once(page.id, page.deliveredAt, () => `paged ${page.personName} (${page.cause})`);
    once('evidence', times.evidenceCompleteAt, () => `evidence complete: ${incident.evidence.length} reads`);
    once(
      'diagnosed',
      times.diagnosedAt,
      () => `diagnosis: ${best?.id} ${best?.subject}, ${best?.confidence.toFixed(2)}`,
    );
    for (const step of incident.steps) {
      once(`${step.id}:start`, step.startedAt, () => `runs: ${step.command}`);
      once(
        `${step.id}:end`,
        step.endedAt,
        () => `${step.status}: ${step.command}${step.outcome === null ? '' : ` (${step.outcome})`}`,
      );
    }
    once('mitigated', times.mitigatedAt, () => `mitigated by the ${times.mitigatedBy}`);
    once('verified', times.verifiedAt, () => 'service verified from outside; stability watch');
    once('stable', times.stableAt, () => 'stable');
  };
}
