import type { EpochMs, Facts } from '#facts';
import type { FunctionImpact, SourceClass, TenantImpact } from '../assessment.ts';
import type { Thresholds } from '../thresholds.ts';
import { checkView, type CheckView } from './check-view.ts';
import { clientView, type ClientView } from './client-view.ts';
import { clusterView, type ClusterView } from './cluster-view.ts';
import { directView, type DirectView } from './direct-view.ts';
import { functionImpacts } from './function-impacts.ts';
import { limits } from './limits.ts';
import { keepSince, type AssessMemory } from './memory.ts';
import { metricsView, type MetricsView } from './metrics-view.ts';
import { tenantImpacts } from './tenant-impacts.ts';
import { toldView, type ToldView } from './told-view.ts';
import { followTraffic, type Traffic } from './traffic.ts';

/** Everything that a row of the decision table may look at. */
export interface Evidence {
  readonly at: EpochMs;
  readonly facts: Facts;
  readonly thresholds: Thresholds;
  readonly clients: ClientView;
  readonly metrics: MetricsView;
  readonly direct: DirectView;
  readonly cluster: ClusterView;
  readonly checks: CheckView;
  readonly told: ToldView;
  readonly tenants: readonly TenantImpact[];
  readonly functions: readonly FunctionImpact[];
  /** The control target failed too: we may be the ones who are cut off. */
  readonly controlFails: boolean;
  /** Classes other than A that say something is wrong. */
  readonly others: readonly SourceClass[];
  /** Harm above a limit of the document, by clients or by metrics. */
  readonly harm: boolean;
  readonly since: AssessMemory['since'];
  readonly latched: AssessMemory['confirmedBy'];
  readonly traffic: Traffic | null;
}

/** How long a condition has held without a break, milliseconds; -1 when it does not hold. */
export function heldMs(evidence: Evidence, key: string): number {
  const since = evidence.since[key];
  return since === undefined ? -1 : evidence.at - since;
}

function isControlFailing(facts: Facts): boolean {
  const newest = facts.controls.reduce(
    (best, one) => (best === null || one.at > best.at ? one : best),
    null as Facts['controls'][number] | null,
  );
  return newest !== null && newest.at > facts.at - limits.freshMs && !newest.reachable;
}

type Views = Pick<Evidence, 'metrics' | 'cluster' | 'direct' | 'checks' | 'told'>;

function otherClasses({ metrics, cluster, direct, checks, told }: Views): readonly SourceClass[] {
  return [
    ...(metrics.errors || metrics.slow || metrics.missing.length > 0 ? (['B'] as const) : []),
    ...(cluster.troubles.length > 0 ? (['C'] as const) : []),
    ...(direct.failing.length > 0 || checks.failing ? (['D'] as const) : []),
    ...told.agreeing,
  ];
}

function mayPageOnDown({ kinds }: Thresholds): boolean {
  return kinds.has('health-check') || kinds.has('error-rate');
}

/** Conditions of clients and metrics that hold now, by the names that the table asks for. */
function measuredConditions(clients: ClientView, metrics: MetricsView, controlFails: boolean) {
  const flags: Readonly<Record<string, boolean>> = {
    'A:errors': clients.errors,
    'A:slow': clients.slow,
    'A:down': clients.allFail,
    'A:hint': clients.hint || clients.errors || clients.slow,
    blind: clients.allFail && controlFails,
  };
  const outside = clients.ongoing ? Object.keys(flags).filter((key) => flags[key]) : [];
  return [...outside, ...(metrics.errors ? ['B:errors'] : []), ...(metrics.slow ? ['B:slow'] : [])];
}

function readConditions({ readable, readyEndpoints, wantedReplicas, troubles }: ClusterView) {
  if (!readable) return ['unreadable'];
  const last = readyEndpoints === 1 && (wantedReplicas ?? 0) > 1;
  return [...(last ? ['one-endpoint'] : []), ...troubles.map((one) => one.key)];
}

function toldConditions({ checks, told }: Pick<Evidence, 'checks' | 'told'>): readonly string[] {
  return [
    ...checks.troubles.map((one) => one.key),
    ...(checks.losses.length > 0 ? ['D:loss'] : []),
    ...told.alerts.map((one) => `E:${one.fingerprint}`),
    ...told.reports.map((one) => `H:${one.id}`),
  ];
}

/** Looks at the facts with every source's eyes. */
export function gatherEvidence(facts: Facts, thresholds: Thresholds, memory: AssessMemory): Evidence {
  const clients = clientView(facts, thresholds);
  const metrics = metricsView(facts, thresholds);
  const direct = directView(facts);
  const down = clients.allFail && mayPageOnDown(thresholds);
  const cluster = clusterView(facts, down || clients.noneServedLately);
  const checks = checkView(facts, thresholds);
  const told = toldView(facts, thresholds);
  const controlFails = isControlFailing(facts);
  const { traffic, vanished } = followTraffic(facts, metrics, memory.traffic);
  const holding = [
    ...measuredConditions({ ...clients, allFail: down }, metrics, controlFails),
    ...(vanished ? ['B:vanished'] : []),
    ...readConditions(cluster),
    ...toldConditions({ checks, told }),
    ...direct.failing.map((pod) => `D:pod/${pod.name}`),
    ...direct.silentNodes.map((name) => `D:node/${name}`),
  ];
  return {
    at: facts.at,
    facts,
    thresholds,
    clients: { ...clients, allFail: down },
    metrics,
    direct,
    cluster,
    checks,
    told,
    tenants: tenantImpacts(facts, thresholds, { clients, metrics }),
    functions: functionImpacts(facts, thresholds),
    controlFails,
    others: otherClasses({ metrics, cluster, direct, checks, told }),
    harm: clients.errors || clients.slow || down || metrics.errors || metrics.slow,
    since: keepSince(memory.since, holding, facts.at),
    latched: memory.confirmedBy,
    traffic,
  };
}
